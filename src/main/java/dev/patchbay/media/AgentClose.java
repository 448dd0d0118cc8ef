package dev.patchbay.media;

/**
 * How a conversation ended from the agent's side.
 *
 * @param kind what it means for the call
 * @param reason technical words for log, event and record; never spoken to the caller
 */
public record AgentClose(Kind kind, String reason) {

    public enum Kind {
        /** The agent ended the conversation as it should. */
        ENDED,
        /** The agent forbids what we asked for (an override); asking for less may help. */
        FORBIDDEN,
        /** The agent was lost or never reached. */
        LOST
    }

    public static AgentClose ended() {
        return new AgentClose(Kind.ENDED, "agent ended the conversation");
    }

    public static AgentClose forbidden(String reason) {
        return new AgentClose(Kind.FORBIDDEN, reason);
    }

    public static AgentClose lost(String reason) {
        return new AgentClose(Kind.LOST, reason);
    }
}
