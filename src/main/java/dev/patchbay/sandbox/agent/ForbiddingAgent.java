package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;

/** Allows no override: closes with 1008 when the initiation carries one, and is a parrot otherwise. */
record ForbiddingAgent(AgentSocket socket, Parrot parrot) implements AgentBehaviour {

    @Override
    public void initiated(JsonObject init) {
        if (init.containsKey("conversation_config_override")) {
            socket.close(AgentSimulator.POLICY_VIOLATION, "Override is not allowed by the agent's settings");
        } else {
            parrot.initiated(init);
        }
    }

    @Override
    public void heard(byte[] audio) {
        parrot.heard(audio);
    }

    @Override
    public void told(String text) {
        parrot.told(text);
    }
}
