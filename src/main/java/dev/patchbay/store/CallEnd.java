package dev.patchbay.store;

import dev.patchbay.call.CallStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param status a terminal one
 * @param duration seconds, as the provider counts them; null = from the answer (or the start) to {@code at}
 * @param endedBy who ended it, if that is known; what the media leg said first stands
 * @param error what went wrong; null = nothing new
 */
public record CallEnd(
        CallStatus status,
        Instant at,
        @Nullable Integer duration,
        @Nullable String endedBy,
        @Nullable String error) {

    public CallEnd {
        if (!status.isTerminal()) {
            throw new IllegalArgumentException("A call does not end with " + status.wire());
        }
    }
}
