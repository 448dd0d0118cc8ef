package dev.patchbay.media;

import java.util.Map;

/** What a live call asks of the YAML routes. Called on the event loop; the work is done elsewhere. */
public interface StreamHooks {

    /** A digit of the caller's keypad goes to the route {@code call-dtmf}. */
    void digit(AgentCall call, String digit);

    /** The agent asks for a tool: the route {@code tool-<name>} answers, or the answer is an error. */
    void tool(AgentCall call, String tool, Map<String, Object> parameters, ToolAnswer answer);

    /** Takes a tool's result, or the reason why there is none; on any thread. */
    interface ToolAnswer {
        void answer(String result, boolean error);
    }
}
