package dev.patchbay.media;

import org.jspecify.annotations.Nullable;

/**
 * Why a media stream ended.
 *
 * @param endedBy {@code caller}, {@code agent} or {@code gateway}; null when the agent was lost: then nobody ended the
 *     call, and it may go on with another agent
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
}
