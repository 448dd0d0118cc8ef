package dev.patchbay.sandbox.agent;

import io.vertx.core.json.JsonObject;

/** Greets, listens to about one second of sound, then ends the conversation in its own way, once. */
final class EndingAgent implements AgentBehaviour {
    private final AgentSocket socket;
    private final Runnable end;
    private long bytesLeft;

    EndingAgent(AgentSocket socket, Runnable end) {
        this.socket = socket;
        this.end = end;
        this.bytesLeft = 50L * socket.agent().input().bytesPer20Ms();
    }

    @Override
    public void initiated(JsonObject init) {
        socket.begin();
        Greeter.greet(new AgentVoice(socket));
    }

    @Override
    public void heard(byte[] audio) {
        if (bytesLeft > 0) {
            bytesLeft -= audio.length;
            if (bytesLeft <= 0) {
                end.run();
            }
        }
    }
}
