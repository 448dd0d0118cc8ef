package dev.patchbay.media;

import dev.patchbay.agent.Agent;
import java.util.Map;

/**
 * What an agent is told about the call that it takes.
 *
 * @param callId our id of the call
 * @param callSid Twilio's id of the call
 * @param agent the agent that was selected
 * @param variables the customer's context: strings, numbers and booleans
 * @param overrides whether the agent's own settings (greeting, language, voice) may be overridden
 * @param resumed whether this conversation goes on after one with the same agent, which was lost or interrupted
 */
public record AgentCall(
        String callId, String callSid, Agent agent, Map<String, Object> variables, boolean overrides, boolean resumed) {

    /** The same call for an agent that forbids overrides. */
    public AgentCall withoutOverrides() {
        return new AgentCall(callId, callSid, agent, variables, false, resumed);
    }

    /** The same call, to be told that it goes on. */
    public AgentCall asResumed() {
        return new AgentCall(callId, callSid, agent, variables, overrides, true);
    }
}
