package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;

/** What an agent does in one conversation. Called on the conversation's event loop only. */
interface AgentBehaviour {

    /** The client's first message, {@code conversation_initiation_client_data}, has come. */
    void initiated(JsonObject init);

    /** The caller's next piece of sound, in the agent's input format. */
    default void heard(byte[] audio) {}

    /** A {@code user_message}: text that counts as spoken. */
    default void told(String text) {}

    /** The answer to a {@code client_tool_call}. */
    default void toolAnswered(JsonObject result) {}
}
