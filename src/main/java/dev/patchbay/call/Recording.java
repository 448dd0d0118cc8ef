package dev.patchbay.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recording of a call, which lies at the phone provider.
 *
 * @param sid the provider's id, a RecordingSid
 * @param callId our id of the call
 * @param duration seconds; null while it is being made
 * @param channels 1, or 2 with each side on its own; null when the provider did not say
 * @param source how it came about, in the provider's word ({@code OutboundAPI}, {@code DialVerb})
 * @param url where the provider says it is; kept, never fetched: it came in a request
 * @param createdAt when we heard of it first
 */
public record Recording(
        String sid,
        String callId,
        RecordingStatus status,
        @Nullable Integer duration,
        @Nullable Integer channels,
        @Nullable String source,
        @Nullable String url,
        Instant createdAt) {}
