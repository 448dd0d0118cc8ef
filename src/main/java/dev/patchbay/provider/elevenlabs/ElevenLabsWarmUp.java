package dev.patchbay.provider.elevenlabs;

import dev.patchbay.media.WarmUp;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Warms reading and writing of the agent's audio. */
@Component
final class ElevenLabsWarmUp implements WarmUp {

    @Override
    public void run() {
        byte[] frame = new byte[640];
        byte[] message = ("{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\""
                        + Base64.getEncoder().encodeToString(frame) + "\",\"event_id\":1}}")
                .getBytes(StandardCharsets.US_ASCII);
        ElevenLabsMessages messages = new ElevenLabsMessages();
        ElevenLabsMessages.Reader reader = new Ignoring();
        for (int i = 0; i < FRAMES; i++) {
            messages.read(message, 0, message.length, reader);
            messages.audioChunk(frame, frame.length);
        }
    }

    private static final class Ignoring implements ElevenLabsMessages.Reader {

        @Override
        public boolean wantsAudio(long eventId) {
            return true;
        }

        @Override
        public void audio(byte[] data, int length) {
            // Decoded, which is what was to be warmed.
        }

        @Override
        public void message(String type, JsonObject message) {
            throw new IllegalStateException("Audio was not recognized");
        }

        @Override
        public void malformed() {
            throw new IllegalStateException("Audio could not be read");
        }
    }
}
