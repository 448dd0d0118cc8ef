package dev.patchbay.media;

import dev.patchbay.agent.AgentLimits;
import java.time.Duration;

/**
 * The time limits of one call, in ms: the gateway's configuration, or what the agent says instead.
 *
 * @param attempt for one attempt to reach the agent
 * @param setup from {@code start} until the caller's socket is closed because no agent was reached
 * @param reconnect for a new conversation after one was lost
 * @param stall without any message of the agent
 * @param silence in which neither side speaks
 * @param maxCall of the whole stream
 */
public record StreamLimits(long attempt, long setup, long reconnect, long stall, long silence, long maxCall) {

    public static StreamLimits of(MediaProperties properties, AgentLimits agent) {
        return new StreamLimits(
                either(agent.connect(), properties.attemptTimeout()),
                properties.setupDeadline().toMillis(),
                properties.reconnectDeadline().toMillis(),
                either(agent.stall(), properties.stall()),
                either(agent.silence(), properties.silence()),
                either(agent.maxCall(), properties.maxCall()));
    }

    private static long either(@org.jspecify.annotations.Nullable Duration own, Duration general) {
        return (own == null ? general : own).toMillis();
    }
}
