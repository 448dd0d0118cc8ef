package dev.patchbay.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sets differently from the gateway's {@code patchbay.media} settings; null keeps the setting.
 *
 * @param maxCall longest call
 * @param silence how long neither side may speak
 * @param stall how long the agent's socket may stay without any message
 * @param connect time for one attempt to reach the agent
 * @param reconnect whether a conversation lost in mid-call is taken up again in a new one
 */
public record AgentLimits(
        @Nullable Duration maxCall,
        @Nullable Duration silence,
        @Nullable Duration stall,
        @Nullable Duration connect,
        boolean reconnect) {

    /** The gateway's settings, reconnecting. */
    public static final AgentLimits DEFAULT = new AgentLimits(null, null, null, null, true);
}
