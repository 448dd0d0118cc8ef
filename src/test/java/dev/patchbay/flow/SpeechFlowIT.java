package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.media.audio.EncodedAudio;
import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.sandbox.speech.WavFile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seed 001: generate audio, host it, let Twilio fetch it; and a turn with the language model, as its n8n flow does. */
class SpeechFlowIT {

    private static final double GREETING_SECONDS =
            (double) BundledSpeech.GREETING.wav().samples().length
                    / BundledSpeech.GREETING.wav().sampleRate();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void aTextBecomesAudioThatAnybodyWithTheUrlCanFetch() throws Exception {
        Instant before = Instant.now();
        HttpResponse<String> answer =
                gateway.postJson("/voice/orchestrator/speech", "{\"text\":\"Hello from MYCA voice assistant!\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        JsonObject speech = new JsonObject(answer.body());
        assertThat(speech.fieldNames()).containsExactly("audio_url", "expires_at", "bytes", "duration");
        assertThat(Instant.parse(speech.getString("expires_at")))
                .isBetween(
                        before.plus(Duration.ofHours(24)).minusSeconds(1),
                        Instant.now().plus(Duration.ofHours(24)));
        assertThat(speech.getDouble("duration")).isCloseTo(GREETING_SECONDS, Offset.offset(0.15));
        HttpResponse<byte[]> audio = fetch(speech.getString("audio_url"));
        assertThat(audio.statusCode()).isEqualTo(200);
        assertThat(audio.headers().firstValue("Content-Type")).contains("audio/mpeg");
        assertThat(audio.body()).hasSize(speech.getInteger("bytes"));
        assertThat(new EncodedAudio("mp3_44100_128", audio.body()).duration()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"wav_16000, audio/wav", "ulaw_8000, audio/ulaw", "pcm_24000, audio/pcm"})
    void inTheFormatThatIsAskedFor(String format, String contentType) throws Exception {
        HttpResponse<String> answer = gateway.postJson(
                "/voice/orchestrator/speech",
                new JsonObject()
                        .put("text", "Hello")
                        .put("voice_id", "21m00Tcm4TlvDq8ikWAM")
                        .put("model_id", "eleven_flash_v2_5")
                        .put("output_format", format)
                        .encode());

        JsonObject speech = new JsonObject(answer.body());
        assertThat(speech.getDouble("duration")).as(answer.body()).isCloseTo(GREETING_SECONDS, Offset.offset(0.01));
        HttpResponse<byte[]> audio = fetch(speech.getString("audio_url"));
        assertThat(audio.headers().firstValue("Content-Type")).contains(contentType);
        if (format.startsWith("wav")) {
            assertThat(WavFile.read(audio.body()).samples())
                    .isEqualTo(BundledSpeech.GREETING.wav().samples());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | text is missing",
                "{\"text\":\"  \"} | text is missing",
                "{\"text\":7} | text must be a text",
                "not json | The body is not JSON",
                "{\"text\":\"x\",\"voice_id\":\"../user\"} | voice_id is no id of a voice",
                "{\"text\":\"x\",\"output_format\":\"mp3&x=y\"} | output_format must be like",
                "{\"text\":\"x\",\"voice_id\":\"missing-voice\"} | voice_id: elevenlabs answered 404: voice_not_found",
                "{\"text\":\"x\",\"output_format\":\"opus_48000_64\"} | elevenlabs answered 422: output_format"
            })
    void whatIsWrongIsNamed(String body, String detail) throws Exception {
        assertProblem(gateway.postJson("/voice/orchestrator/speech", body), 400, detail);
    }

    @Test
    void aTextThatIsTooLongIsRefusedNotCut() throws Exception {
        String body = new JsonObject().put("text", "x".repeat(5001)).encode();

        assertProblem(gateway.postJson("/voice/orchestrator/speech", body), 400, "text is longer than 5000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/voice/orchestrator/speech", "/voice/orchestrator/chat"})
    void strangersAreKeptOut(String path) throws Exception {
        assertProblem(
                gateway.postJson(path, "{\"text\":\"x\",\"message\":\"x\"}", "X-Forwarded-For", "203.0.113.9"),
                401,
                "PATCHBAY_API_KEYS");
    }

    @Test
    void theSeedsChatIsAnswered() throws Exception {
        HttpResponse<String> answer = gateway.postJson(
                "/voice/orchestrator/chat", "{\"message\": \"What is the system status?\", \"want_audio\": false}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject chat = new JsonObject(answer.body());
        assertThat(chat.fieldNames()).containsExactly("response_text", "audio_url");
        assertThat(chat.getString("response_text")).isEqualTo("You said: What is the system status?");
        assertThat(chat.getValue("audio_url")).isNull();
    }

    @Test
    void anAnswerIsSpokenWhenThatIsWanted() throws Exception {
        HttpResponse<String> answer =
                gateway.postJson("/voice/orchestrator/chat", "{\"message\":\"${body} {{x}}\",\"want_audio\":true}");

        JsonObject chat = new JsonObject(answer.body());
        assertThat(chat.getString("response_text")).isEqualTo("You said: ${body} {{x}}");
        assertThat(fetch(chat.getString("audio_url")).headers().firstValue("Content-Type"))
                .contains("audio/mpeg");
    }

    @Test
    void aWrongChatIsNamed() throws Exception {
        assertProblem(gateway.postJson("/voice/orchestrator/chat", "{}"), 400, "message is missing");
        assertProblem(
                gateway.postJson("/voice/orchestrator/chat", "{\"message\":\"x\",\"want_audio\":\"yes\"}"),
                400,
                "want_audio must be");
    }

    @Test
    void theProvidersOfSpeechAndChatAreWatched() throws Exception {
        JsonObject providers = new JsonObject(gateway.get("/health").body()).getJsonObject("providers");

        assertThat(providers.getJsonObject("openai").getString("status")).isEqualTo("up");
    }

    private static HttpResponse<byte[]> fetch(String url) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("X-Forwarded-For", "203.0.113.9")
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).contains(detail);
    }
}
