package dev.patchbay.sandbox.agent;

import dev.patchbay.media.audio.MediaCodec;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** Gives back every piece of sound at once, in its output format, and every text as its response. */
final class Parrot implements AgentBehaviour {
    private final AgentSocket socket;
    private final MediaCodec codec;

    Parrot(AgentSocket socket) {
        this.socket = socket;
        this.codec = new MediaCodec(socket.agent().input(), socket.agent().output());
    }

    @Override
    public void initiated(JsonObject init) {
        socket.begin();
    }

    @Override
    public void heard(byte[] audio) {
        if (codec.isPassthrough()) {
            socket.audio(audio);
            return;
        }
        byte[] out = new byte[codec.maxOutput(audio.length)];
        int length = codec.convert(audio, 0, audio.length, out, 0);
        if (length > 0) {
            socket.audio(Arrays.copyOf(out, length));
        }
    }

    @Override
    public void told(String text) {
        socket.agentResponse(text);
    }
}
