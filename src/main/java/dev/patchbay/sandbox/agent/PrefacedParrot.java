package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;

/** A parrot that first does something else, once the conversation has begun. */
record PrefacedParrot(Parrot parrot, Runnable preface) implements AgentBehaviour {

    @Override
    public void initiated(JsonObject init) {
        parrot.initiated(init);
        preface.run();
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
