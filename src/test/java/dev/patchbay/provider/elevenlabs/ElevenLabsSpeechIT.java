package dev.patchbay.provider.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.media.audio.EncodedAudio;
import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.FakeProvider.Asked;
import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.provider.OpenApiContract;
import dev.patchbay.provider.ProviderClients;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElevenLabsSpeechIT {

    private static final byte[] SOUND = {1, 2, 3, 4, 5, 6, 7, 8};

    private final Vertx vertx = Vertx.vertx();
    private final FakeProvider elevenLabs = new FakeProvider(asked -> new Told(200, "audio/mpeg", SOUND));
    private final ElevenLabsSpeech speech = speech("key", "configured-voice");

    @AfterEach
    void close() throws Exception {
        elevenLabs.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void aTextBecomesAudio() {
        EncodedAudio audio = speech.speak("Guten Tag, José 👋", "voice1", "eleven_flash_v2_5", "ulaw_8000", null);

        assertThat(audio.format()).isEqualTo("ulaw_8000");
        assertThat(audio.bytes()).isEqualTo(SOUND);
        Asked asked = elevenLabs.last();
        assertThat(asked.target()).isEqualTo("/v1/text-to-speech/voice1?output_format=ulaw_8000");
        assertThat(asked.authorization()).isEqualTo("key");
        assertThat(new JsonObject(asked.body()))
                .isEqualTo(new JsonObject().put("text", "Guten Tag, José 👋").put("model_id", "eleven_flash_v2_5"));
    }

    @Test
    void whatIsNotGivenIsTheConfiguredVoiceAndElevenLabsDefaults() {
        assertThat(speech.speak("Hello", null, null, null, null).format()).isEqualTo("mp3_44100_128");

        assertThat(elevenLabs.last().target())
                .isEqualTo("/v1/text-to-speech/configured-voice?output_format=mp3_44100_128");
        assertThat(elevenLabs.last().body()).isEqualTo("{\"text\":\"Hello\"}");
    }

    @Test
    void aLanguageIsToldToAModelThatMindsIt() {
        speech.speak("Guten Tag", "voice1", null, null, "de-AT");

        assertThat(new JsonObject(elevenLabs.last().body()))
                .isEqualTo(new JsonObject()
                        .put("text", "Guten Tag")
                        .put("model_id", "eleven_flash_v2_5")
                        .put("language_code", "de"));

        speech.speak("Guten Tag", "voice1", "eleven_v3", null, "de");

        assertThat(new JsonObject(elevenLabs.last().body()).getString("model_id"))
                .as("whoever names a model gets it")
                .isEqualTo("eleven_v3");
    }

    @Test
    void requestsAreAsTheContractSays() {
        OpenApiContract contract = OpenApiContract.of("elevenlabs_openapi_tryAGI-2026-08.json");
        speech.speak("Hello", "voice1", "eleven_flash_v2_5", "ulaw_8000", "pt-BR");
        speech.speak("Hello", null, null, null, null);

        assertThat(elevenLabs.asked()).hasSize(2).allSatisfy(asked -> assertThat(
                        contract.violations(asked.method(), asked.target(), asked.contentType(), asked.body()))
                .isEmpty());
        assertThat(contract.violations(
                        "POST", "/v1/text-to-speech/v?output_format=mp4", "application/json", "{\"words\":\"x\"}"))
                .as("the check itself")
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"detail\":{\"status\":\"voice_not_found\",\"message\":\"No such voice\"}} | INVALID_REQUEST | voice_id: elevenlabs answered 404: voice_not_found No such voice",
                "400 | {\"detail\":{\"status\":\"model_not_found\",\"message\":\"No such model\"}} | INVALID_REQUEST | model_id: elevenlabs answered 400: model_not_found No such model",
                "422 | {\"detail\":[{\"loc\":[\"query\",\"output_format\"],\"msg\":\"not permitted\"}]} | INVALID_REQUEST | elevenlabs answered 422: output_format not permitted",
                "422 | {\"detail\":[{\"loc\":\"query\",\"msg\":7}]} | INVALID_REQUEST | elevenlabs answered 422: 7",
                "422 | <html> | PROVIDER_FAILED | elevenlabs answered 422 with something that is not JSON",
                "401 | {\"detail\":{\"status\":\"quota_exceeded\",\"message\":\"0 credits\"}} | PROVIDER_FAILED | elevenlabs answered 401: quota_exceeded 0 credits",
                "403 | {} | PROVIDER_FAILED | elevenlabs answered 403",
                "500 | oops | PROVIDER_FAILED | elevenlabs answered 500",
                "200 | {\"detail\":\"no sound\"} | PROVIDER_FAILED | elevenlabs answered 200 with something that is no audio"
            })
    void whatFailsSaysWhoseFaultItIs(int status, String body, ErrorCategory category, String message) {
        elevenLabs.answers(asked -> Told.json(status, body));

        assertThatThrownBy(() -> speech.speak("Hello", null, null, null, null))
                .isInstanceOfSatisfying(PatchbayException.class, e -> {
                    assertThat(e.category()).isEqualTo(category);
                    assertThat(e.getMessage()).isEqualTo(message);
                });
        assertThat(elevenLabs.asked()).as("nobody pays twice").hasSize(1);
    }

    @Test
    void anEmptyAnswerIsNoAudio() {
        elevenLabs.answers(asked -> new Told(200, "audio/mpeg", new byte[0]));

        assertThatThrownBy(() -> speech.speak("Hello", null, null, null, null))
                .isInstanceOf(PatchbayException.class)
                .hasMessageContaining("no audio");
    }

    @Test
    void whatIsNotConfiguredIsNamed() {
        assertThatThrownBy(() -> speech(null, null).speak("Hello", "voice1", null, null, null))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.UNAVAILABLE))
                .hasMessage("ElevenLabs not configured. Set ELEVENLABS_API_KEY");
        assertThatThrownBy(() -> speech("key", null).speak("Hello", null, null, null, null))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                .hasMessageStartingWith("voice_id");
        assertThat(elevenLabs.asked()).isEmpty();
    }

    private ElevenLabsSpeech speech(@Nullable String key, @Nullable String voice) {
        ElevenLabsProperties properties = new ElevenLabsProperties(key, null, voice, elevenLabs.origin(), null);
        return new ElevenLabsSpeech(
                properties,
                new ProviderClients(vertx)
                        .of("elevenlabs", properties.apiBaseUrl(), Map.of("xi-api-key", String.valueOf(key))));
    }
}
