package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;

/** Accepts the conversation and goes silent: before its metadata, or right after it. It never pings. */
record SilentAgent(AgentSocket socket, boolean answersInitiation) implements AgentBehaviour {

    @Override
    public void initiated(JsonObject init) {
        if (answersInitiation) {
            socket.metadata();
        }
    }
}
