package dev.patchbay.sandbox.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamMessagesTest {
    private final StreamMessages messages = new StreamMessages("AC1", "CA1");
    private final String streamSid = messages.streamSid();

    @Test
    void connectedCarriesNeitherStreamNorNumber() {
        assertThat(new JsonObject(StreamMessages.connected()))
                .isEqualTo(JsonObject.of("event", "connected", "protocol", "Call", "version", "1.0.0"));
    }

    @Test
    void startHasTheContractsFields() {
        JsonObject start = new JsonObject(messages.start(Map.of("call_id", "01A")));

        assertThat(streamSid).matches("MZ[0-9a-f]{32}");
        assertThat(start)
                .isEqualTo(new JsonObject()
                        .put("event", "start")
                        .put("sequenceNumber", "1")
                        .put("streamSid", streamSid)
                        .put(
                                "start",
                                new JsonObject()
                                        .put("streamSid", streamSid)
                                        .put("accountSid", "AC1")
                                        .put("callSid", "CA1")
                                        .put("tracks", JsonArray.of("inbound"))
                                        .put("customParameters", JsonObject.of("call_id", "01A"))
                                        .put(
                                                "mediaFormat",
                                                JsonObject.of(
                                                        "encoding",
                                                        "audio/x-mulaw",
                                                        "sampleRate",
                                                        8000,
                                                        "channels",
                                                        1))));
    }

    @Test
    void numbersTravelAsStringsAndCountEveryMessage() {
        messages.start(Map.of());
        JsonObject first = new JsonObject(messages.media(new byte[160], 0));
        JsonObject key = new JsonObject(messages.dtmf("#"));
        JsonObject second = new JsonObject(messages.media(new byte[160], 20));
        JsonObject mark = new JsonObject(messages.mark("m"));
        JsonObject stop = new JsonObject(messages.stop());

        assertThat(first.getString("sequenceNumber")).isEqualTo("2");
        assertThat(first.getJsonObject("media").getString("payload")).hasSize(216);
        assertThat(key.getJsonObject("dtmf")).isEqualTo(JsonObject.of("track", "inbound_track", "digit", "#"));
        assertThat(second.getString("sequenceNumber")).isEqualTo("4");
        assertThat(second.getJsonObject("media").copy().put("payload", ""))
                .isEqualTo(JsonObject.of("track", "inbound", "chunk", "2", "timestamp", "20", "payload", ""));
        assertThat(mark.getJsonObject("mark")).isEqualTo(JsonObject.of("name", "m"));
        assertThat(stop.getString("sequenceNumber")).isEqualTo("6");
        assertThat(stop.getJsonObject("stop")).isEqualTo(JsonObject.of("accountSid", "AC1", "callSid", "CA1"));
    }
}
