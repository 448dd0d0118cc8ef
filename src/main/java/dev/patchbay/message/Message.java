package dev.patchbay.message;

import dev.patchbay.call.Direction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One text message.
 *
 * @param id ours, a ULID
 * @param sid the provider's id, a MessageSid for example
 * @param direction {@code inbound} or {@code outbound}
 * @param from the sender as given: a number, a short code or a name
 * @param to the recipient as given
 * @param body the text; null when only its events are known
 * @param createdAt when we sent or received it
 * @param errorCode the provider's code of why it failed; null when it did not
 */
public record Message(
        String id,
        String provider,
        String sid,
        Direction direction,
        @Nullable String from,
        @Nullable String to,
        @Nullable String body,
        MessageStatus status,
        @Nullable String errorCode,
        Instant createdAt,
        Instant updatedAt) {}
