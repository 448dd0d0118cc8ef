package dev.patchbay.sandbox.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayMessageTest {
    private static final String STREAM = "MZ0123456789abcdef0123456789abcdef";

    @Test
    void readsWhatTheContractAllows() {
        assertThat(read("{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"payload\":\"//79\"}}"))
                .isInstanceOfSatisfying(GatewayMessage.Media.class, media -> assertThat(media.muLaw())
                        .containsExactly(0xFF, 0xFE, 0xFD));
        assertThat(read("{\"event\":\"mark\",\"streamSid\":\"S\",\"mark\":{\"name\":\"m1\"}}"))
                .isEqualTo(new GatewayMessage.Mark("m1"));
        assertThat(read("{\"streamSid\":\"S\",\"event\":\"clear\"}")).isEqualTo(new GatewayMessage.Clear());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"event\":7,\"streamSid\":\"S\"}",
                "{\"event\":\"clear\"}",
                "{\"event\":\"clear\",\"streamSid\":null}",
                "{\"event\":\"clear\",\"streamSid\":\"other\"}",
                "{\"event\":\"clear\",\"streamSid\":\"S\",\"sequenceNumber\":\"1\"}",
                "{\"event\":\"stop\",\"streamSid\":\"S\"}",
                "{\"event\":\"media\",\"streamSid\":\"S\"}",
                "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{}}",
                "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"payload\":7}}",
                "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"payload\":\"\"}}",
                "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"payload\":\"//8\"}}",
                "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"payload\":\"data:audio/x-mulaw,///\"}}",
                "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"payload\":\"////\",\"track\":\"outbound\"}}",
                "{\"event\":\"media\",\"streamSid\":\"S\",\"media\":{\"payload\":\"////\"},\"x\":1}",
                "{\"event\":\"mark\",\"streamSid\":\"S\",\"mark\":{}}",
                "{\"event\":\"mark\",\"streamSid\":\"S\",\"mark\":{\"name\":7}}",
            })
    void anythingElseIsAnInvalidMessage(String text) {
        assertThat(code(read(text))).isEqualTo(31951);
    }

    @Test
    void nothingMayComeBeforeStart() {
        var message = GatewayMessage.read("{\"event\":\"clear\",\"streamSid\":null}", null);

        assertThat(code(message)).isEqualTo(31951);
    }

    @Test
    void aFileHeaderIsAProtocolError() {
        String payload =
                Base64.getEncoder().encodeToString(dev.patchbay.sandbox.speech.WavFile.write(8000, new short[3]));
        String text = new JsonObject()
                .put("event", "media")
                .put("streamSid", STREAM)
                .put("media", JsonObject.of("payload", payload))
                .encode();

        assertThat(code(GatewayMessage.read(text, STREAM))).isEqualTo(31924);
    }

    private static GatewayMessage read(String text) {
        return GatewayMessage.read(text.replace("\"S\"", '"' + STREAM + '"'), STREAM);
    }

    private static int code(GatewayMessage message) {
        assertThat(message).isInstanceOf(GatewayMessage.Invalid.class);
        return ((GatewayMessage.Invalid) message).violation().code();
    }
}
