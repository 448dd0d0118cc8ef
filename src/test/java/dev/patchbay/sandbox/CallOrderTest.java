package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.sandbox.speech.WavFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallOrderTest {
    private static final URI GATEWAY = URI.create("http://127.0.0.1:8080");

    @Test
    void fromAndToAreEnough() {
        CallOrder order = CallOrder.read(valid());
        CallRequest request = order.request(GATEWAY, "AC1", "token");

        assertThat(request.from()).isEqualTo("anonymous");
        assertThat(request.to()).isEqualTo("+15550000000");
        assertThat(request.voicePath()).isEqualTo("/twilio/incoming-call");
        assertThat(request.audio().millis()).isEqualTo(3_185);
        assertThat(request.behaviour().hangsUpAfter()).isNull();
    }

    @Test
    void namesAgentSpeechAndTimes() {
        CallRequest request = CallOrder.read(valid().put("agent", "parrot")
                        .put("call_sid", "CA00000000000000000000000000000001")
                        .put("audio", "greeting")
                        .put("speak_after_ms", 700)
                        .put("hang_up_after_ms", "5000"))
                .request(GATEWAY, "AC1", "token");

        assertThat(request.voicePath()).isEqualTo("/api/webhooks/twilio/parrot");
        assertThat(request.callSid()).isEqualTo("CA00000000000000000000000000000001");
        assertThat(request.audio().millis())
                .isCloseTo(
                        BundledSpeech.GREETING.wav().samples().length / 16, org.assertj.core.data.Offset.offset(10L));
        assertThat(request.behaviour().speaksAfter()).isEqualTo(Duration.ofMillis(700));
        assertThat(request.behaviour().hangsUpAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void namesWhatMenusAreAnswered() {
        assertThat(CallOrder.read(valid()).behaviour().answers()).isEmpty();
        assertThat(CallOrder.read(valid().put("answers", "1")).behaviour().answers())
                .containsExactly("1");
        assertThat(CallOrder.read(valid().put("answers", JsonArray.of("42#", "", "an agent, please")))
                        .behaviour()
                        .answers())
                .containsExactly("42#", "", "an agent, please");
    }

    @Test
    void namesTheKeysThatArePressedOneASecond() {
        assertThat(CallOrder.read(valid().put("keys", "0#")).behaviour().keys())
                .containsExactly(
                        new CallerBehaviour.Key(Duration.ofSeconds(1), "0"),
                        new CallerBehaviour.Key(Duration.ofSeconds(2), "#"));
    }

    @Test
    void takesAudioInBase64OrBesideTheFields() {
        byte[] wav = WavFile.write(16_000, new short[16_000]);

        String lines = Base64.getMimeEncoder().encodeToString(wav);
        assertThat(CallOrder.read(valid().put("audio", lines)).audio().millis()).isBetween(990L, 1_000L);
        assertThat(CallOrder.read(valid(), wav).audio().millis()).isBetween(990L, 1_000L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "from  | null                  | from: is missing",
                "from  | \" \"                 | from: is missing",
                "to    | 5                     | to: is missing",
                "agent | \"../../x\"           | agent: is not an agent id",
                "agent | {}                    | agent: is not an agent id",
                "call_sid | \"CA1\"            | call_sid: is not CA and 32 hex digits",
                "audio | 7                     | audio: is not a string",
                "audio | \"no-such.speech\"    | audio: is neither",
                "audio | \"AAAA\"              | audio: not a WAV file",
                "keys    | \"12x\"              | keys: are none of",
                "keys    | 0                   | keys: are none of",
                "answers | 1                   | answers: are no texts",
                "answers | [\"1\", {}]          | answers: are no texts",
                "speak_after_ms   | 1.5        | speak_after_ms: is not a whole number",
                "speak_after_ms   | \"soon\"   | speak_after_ms: is not a whole number",
                "hang_up_after_ms | -1         | hang_up_after_ms: is not a whole number",
                "hang_up_after_ms | 120001     | hang_up_after_ms: is not a whole number",
            })
    void namesTheFieldAtFault(String field, String value, String fault) {
        JsonObject order = valid().put(field, new JsonObject("{\"v\":" + value + "}").getValue("v"));

        assertThatThrownBy(() -> CallOrder.read(order))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                .hasMessageStartingWith(fault);
    }

    @Test
    void refusesMoreThanTwoMinutesOfAudio() {
        byte[] long121Seconds = WavFile.write(8_000, new short[121 * 8_000]);

        assertThatThrownBy(() -> CallOrder.read(valid(), long121Seconds)).hasMessage("audio: is longer than 120 s");
    }

    private static JsonObject valid() {
        return JsonObject.of("from", "anonymous", "to", "+15550000000");
    }
}
