package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxSpeech;
import dev.patchbay.sandbox.SandboxSpeech.Spoken;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seed 001: an ElevenLabs voice in a call of Twilio's, by {@code <Play>}, with one request. */
class ElevenLabsMessageFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    /** The default model takes no language, so one that does is taken with it. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -",
                "de-DE, de, eleven_flash_v2_5",
                "fil, fil, eleven_flash_v2_5",
                "EN, en, eleven_flash_v2_5"
            })
    void aTextIsSpokenHostedAndPlayedToWhoPicksUp(
            @Nullable String language, @Nullable String languageCode, @Nullable String model) throws Exception {
        JsonObject order = new JsonObject()
                .put("to", "+12025551234")
                .put("message", "Grüße & 👋 in " + language)
                .put("voice", "elevenlabs:21m00Tcm4TlvDq8ikWAM");
        if (language != null) {
            order.put("language", language);
        }

        HttpResponse<String> answer = gateway.postJson("/twilio/voice/message", order.encode());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonObject called = new JsonObject(answer.body());
        assertThat(called.fieldNames()).containsExactly("status", "sid", "to", "message");
        assertThat(spoken())
                .contains(new Spoken("21m00Tcm4TlvDq8ikWAM", order.getString("message"), model, languageCode));
        JsonObject report = gateway.report(called.getString("sid"));
        assertThat(report.getJsonArray("violations")).isEmpty();
        assertThat(report.getJsonArray("verbs")).containsExactly("Play");
        assertThat(report.getJsonArray("played")).singleElement().asString().startsWith(gateway.origin() + "/audio/");
    }

    @Test
    void aVoiceThatDoesNotExistCallsNobody() throws Exception {
        String before = gateway.get("/calls?limit=1").body();

        HttpResponse<String> answer = gateway.postJson(
                "/twilio/voice/message",
                "{\"to\":\"+12025551234\",\"message\":\"x\",\"voice\":\"elevenlabs:missing-voice\",\"language\":\"de\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("detail"))
                .startsWith("voice_id: elevenlabs answered 404: voice_not_found");
        assertThat(gateway.get("/calls?limit=1").body()).isEqualTo(before);
    }

    private List<Spoken> spoken() {
        return gateway.bean(SandboxSpeech.class).spoken();
    }
}
