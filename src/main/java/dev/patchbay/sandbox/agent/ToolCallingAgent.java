package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;

/**
 * Calls one tool of the client as soon as the conversation begins, and says what came back. The tool's name is the
 * dynamic variable {@code tool}, {@code lookup} unless given; its parameters are the other dynamic variables.
 */
record ToolCallingAgent(AgentSocket socket, Parrot parrot) implements AgentBehaviour {

    @Override
    public void initiated(JsonObject init) {
        parrot.initiated(init);
        JsonObject variables =
                init.getJsonObject("dynamic_variables", new JsonObject()).copy();
        Object tool = variables.remove("tool");
        socket.toolCall(tool == null ? "lookup" : tool.toString(), "tool_call_1", variables);
    }

    @Override
    public void heard(byte[] audio) {
        parrot.heard(audio);
    }

    @Override
    public void told(String text) {
        parrot.told(text);
    }

    @Override
    public void toolAnswered(JsonObject result) {
        String fault = Boolean.TRUE.equals(result.getValue("is_error")) ? "The tool failed: " : "The tool says: ";
        socket.agentResponse(fault + result.getValue("result"));
    }
}
