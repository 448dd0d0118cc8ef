package dev.patchbay.sandbox;

import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.EncodedAudio;
import dev.patchbay.media.audio.MuLaw;
import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.sandbox.speech.WavFile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays ElevenLabs' POST text-to-speech. Nothing here can speak: whatever the text is, the answer is the bundled greeting,
 * in {@code mp3_44100_128}, {@code ulaw_8000}, or {@code pcm_} and {@code wav_} at the rates of {@link AudioFormat}. A
 * voice whose id begins with {@code missing} is not found.
 */
public final class SandboxSpeech {

    private static final String MP3 = "mp3_44100_128";
    private static final int MOST_KEPT = 100;

    /**
     * What it was asked to speak.
     *
     * @param modelId null: the default one
     * @param languageCode ISO 639-1; null: as the text is
     */
    public record Spoken(
            String voiceId,
            String text,
            @Nullable String modelId,
            @Nullable String languageCode) {}

    private final Deque<Spoken> spoken = new ArrayDeque<>();

    /** What was spoken, latest last. */
    public synchronized List<Spoken> spoken() {
        return List.copyOf(spoken);
    }

    private synchronized void remember(Spoken now) {
        spoken.addLast(now);
        if (spoken.size() > MOST_KEPT) {
            spoken.removeFirst();
        }
    }

    /**
     * @param outputFormat null is {@code mp3_44100_128}, as with ElevenLabs
     * @param body JSON with a text
     */
    public SandboxReply speak(String voiceId, @Nullable String outputFormat, @Nullable String body) {
        if (voiceId.startsWith("missing")) {
            return SandboxReply.json(
                    404,
                    new JsonObject()
                            .put(
                                    "detail",
                                    new JsonObject()
                                            .put("status", "voice_not_found")
                                            .put(
                                                    "message",
                                                    "A voice with the voice_id " + voiceId + " was not found.")));
        }
        JsonObject request = request(body);
        if (!(request.getValue("text") instanceof String text) || text.isEmpty()) {
            return invalid("text", "Field required");
        }
        remember(new Spoken(voiceId, text, request.getString("model_id"), request.getString("language_code")));
        String format = outputFormat == null ? MP3 : outputFormat;
        return encoded(format)
                .map(bytes ->
                        new SandboxReply(200, new EncodedAudio(format, bytes).contentType(), Buffer.buffer(bytes)))
                .orElseGet(() -> invalid("output_format", "The sandbox does not speak " + format));
    }

    private static Optional<byte[]> encoded(String format) {
        if (format.equals(MP3)) {
            return Optional.of(bundledMp3());
        }
        String codec = format.startsWith("wav_") ? "pcm_" + format.substring(4) : format;
        return AudioFormat.of(codec).map(known -> {
            short[] samples = BundledSpeech.GREETING.wav().samplesAt(known.sampleRate());
            if (format.startsWith("wav_")) {
                return WavFile.write(known.sampleRate(), samples);
            }
            return known == AudioFormat.ULAW_8000 ? muLaw(samples) : pcm(samples);
        });
    }

    private static byte[] muLaw(short[] samples) {
        byte[] codes = new byte[samples.length];
        MuLaw.encode(samples, 0, samples.length, codes, 0);
        return codes;
    }

    private static byte[] pcm(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static byte[] bundledMp3() {
        try (InputStream in = SandboxSpeech.class.getResourceAsStream("/sandbox/greeting.mp3")) {
            if (in == null) {
                throw new IllegalStateException("greeting.mp3 is missing from the application");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject request(@Nullable String body) {
        try {
            return body == null ? new JsonObject() : new JsonObject(body);
        } catch (DecodeException notJson) {
            return new JsonObject();
        }
    }

    private static SandboxReply invalid(String field, String message) {
        return SandboxReply.json(
                422,
                new JsonObject()
                        .put(
                                "detail",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put(
                                                        "loc",
                                                        new JsonArray()
                                                                .add("body")
                                                                .add(field))
                                                .put("msg", message)
                                                .put("type", "value_error"))));
    }
}
