package dev.patchbay.provider.echo;

import dev.patchbay.media.AgentCall;
import dev.patchbay.media.AgentConnection;
import dev.patchbay.media.AgentConnector;
import dev.patchbay.media.AgentFormats;
import dev.patchbay.media.AgentListener;
import dev.patchbay.media.audio.AudioFormat;
import io.vertx.core.Vertx;
import org.springframework.stereotype.Component;

/** An agent that says back what it hears, in the caller's own format. */
@Component
public final class EchoConnector implements AgentConnector {

    private static final Preparation NOTHING = new Preparation() {};

    private final Vertx vertx;

    public EchoConnector(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public String provider() {
        return "echo";
    }

    @Override
    public Preparation prepare(AgentCall call) {
        return NOTHING;
    }

    @Override
    public AgentConnection connect(AgentCall call, Preparation preparation, AgentListener listener) {
        // Not at once: the caller of this method has yet to take the connection.
        vertx.getOrCreateContext()
                .runOnContext(v -> listener.ready(
                        new AgentFormats(AudioFormat.ULAW_8000, AudioFormat.ULAW_8000), "echo-" + call.callId()));
        return new Echo(listener);
    }

    private record Echo(AgentListener listener) implements AgentConnection {

        @Override
        public void sendAudio(byte[] data, int length) {
            listener.alive();
            listener.audio(data, length);
        }

        @Override
        public void sendUserMessage(String text) {
            listener.userSaid(text);
            listener.agentSaid(text);
        }

        @Override
        public void sendContext(String text) {
            listener.alive();
        }

        @Override
        public void sendToolResult(String toolCallId, String result, boolean error) {
            // It asks for no tools.
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public void pause() {
            // Nothing is on its way: what cannot be played waits in the caller's socket.
        }

        @Override
        public void resume() {
            // See pause.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
