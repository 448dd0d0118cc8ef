package dev.patchbay.media;

import org.jspecify.annotations.Nullable;

/**
 * Why a media stream ended.
 *
 * @param endedBy {@code caller}, {@code agent} or {@code gateway}; null when nobody ended the call: its agent was lost,
 *     or it was moved on
 * @param error technical words when something failed; null after a normal end
 */
public record StreamEnd(@Nullable String endedBy, @Nullable String error) {

    public static StreamEnd byCaller() {
        return new StreamEnd("caller", null);
    }

    public static StreamEnd byAgent() {
        return new StreamEnd("agent", null);
    }

    /** @param reason why we hung up, such as {@code maximum call length}; null when we were asked to */
    public static StreamEnd byGateway(@Nullable String reason) {
        return new StreamEnd("gateway", reason);
    }

    public static StreamEnd agentLost(String reason) {
        return new StreamEnd(null, "Agent lost: " + reason);
    }

    /** The call goes on with something else, because we said so. */
    public static StreamEnd movedOn() {
        return new StreamEnd(null, null);
    }

    public boolean isMovedOn() {
        return endedBy == null && error == null;
    }
}
