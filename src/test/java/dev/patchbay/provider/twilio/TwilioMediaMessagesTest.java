package dev.patchbay.provider.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.AsyncApiContract;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioMediaMessagesTest {

    private static final String CONNECTED = """
            {"event":"connected","protocol":"Call","version":"1.0.0"}""";
    private static final String START = """
            {"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"MZ1","callSid":"CA1",\
            "tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},\
            "customParameters":{"call_id":"c1","name":"Zoë \\"Z\\""}},"streamSid":"MZ1"}""";
    private static final String MEDIA = """
            {"event":"media","sequenceNumber":"3","media":{"track":"inbound","chunk":"1","timestamp":"5",\
            "payload":"AQID/w=="},"streamSid":"MZ1"}""";
    private static final String DTMF = """
            {"event":"dtmf","streamSid":"MZ1","sequenceNumber":"5","dtmf":{"track":"inbound_track","digit":"#"}}""";
    private static final String MARK = """
            {"event":"mark","sequenceNumber":"4","streamSid":"MZ1","mark":{"name":"0-500"}}""";
    private static final String STOP = """
            {"event":"stop","sequenceNumber":"5","stop":{"accountSid":"AC1","callSid":"CA1"},"streamSid":"MZ1"}""";

    private final TwilioMediaMessages messages = new TwilioMediaMessages();
    private final Recording read = new Recording();

    @BeforeEach
    void start() {
        read(START);
        read.log.clear();
    }

    @Test
    void readsEveryMessageOfTheContract() {
        for (String message : List.of(CONNECTED, START, MEDIA, DTMF, MARK, STOP)) {
            read(message);
        }
        assertThat(read.log)
                .containsExactly(
                        "started MZ1 CA1 {call_id=c1, name=Zoë \"Z\"}",
                        "media [1, 2, 3, -1] at 5",
                        "digit #",
                        "mark 0-500",
                        "stopped");
    }

    @Test
    void theContractKnowsTheseMessages() throws IOException {
        AsyncApiContract contract = AsyncApiContract.of("twilio_media_streams_asyncapi.yml");
        Map<String, String> examples = Map.of(
                "MediaConnected", CONNECTED,
                "MediaStart", START,
                "MediaMedia", MEDIA,
                "MediaDtmf", DTMF,
                "MediaMark", MARK,
                "MediaStop", STOP);
        examples.forEach((schema, message) ->
                assertThat(contract.violations(schema, new JsonObject(message))).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AQID/w==\",\"timestamp\":\"5\"},\"event\":\"media\"}",
                "{\"new\":{\"event\":\"stop\"},\"event\":\"media\",\"media\":{\"x\":[{}],\"timestamp\":5,\"payload\":\"AQID/w==\"}}",
                " { \"event\" : \"media\" , \"media\" : { \"timestamp\" : \"5\" , \"payload\" : \"AQID/w==\" } } ",
                "{\"event\":\"media\",\"media\":{\"timestamp\":\"5\",\"payload\":\"AQID\\/w==\"}}",
                "{\"event\":\"media\",\"media\":{\"timestamp\":\"5\",\"payload\":\"AQID\\u002fw==\"}}",
                "{\"\\u0065vent\":\"media\",\"media\":{\"timestamp\":\"5\",\"payload\":\"AQID/w==\"}}"
            })
    void orderSpaceFurtherFieldsAndEscapesDoNotMatter(String message) {
        read(message);
        assertThat(read.log).containsExactly("media [1, 2, 3, -1] at 5");
    }

    @Test
    void readsFramesOfAnySize() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] audio = new byte[random.nextInt(2_000)];
            random.nextBytes(audio);
            read("{\"event\":\"media\",\"media\":{\"payload\":\""
                    + Base64.getEncoder().encodeToString(audio) + "\"}}");
            assertThat(read.log).last().isEqualTo("media " + Arrays.toString(audio) + " at -1");
        }
    }

    @Test
    void whatTheAgentSaidIsNotTheCallersAudio() {
        read(MEDIA.replace("\"inbound\"", "\"outbound\""));
        assertThat(read.log).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"future\",\"x\":1}", "{}", "{\"event\":null}", "{\"type\":\"media\"}"})
    void whatNobodyKnowsIsUnknown(String message) {
        read(message);
        assertThat(read.log).containsExactly("unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "null",
                "[]",
                "7",
                "\"media\"",
                "{",
                "{\"event\":\"media\"}",
                "{\"event\":\"media\",\"media\":null}",
                "{\"event\":\"media\",\"media\":7}",
                "{\"event\":\"media\",\"media\":[]}",
                "{\"event\":\"media\",\"media\":{}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"not base64!\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":null}}",
                "{\"event\":\"media\",\"media\":{\"payload\":{}}}",
                "{\"event\":\"dtmf\"}",
                "{\"event\":\"dtmf\",\"dtmf\":\"5\"}",
                "{\"event\":\"dtmf\",\"dtmf\":{}}",
                "{\"event\":\"dtmf\",\"dtmf\":{\"digit\":\"\"}}",
                "{\"event\":\"mark\",\"mark\":[]}",
                "{\"event\":\"mark\",\"mark\":{\"name\":null}}",
                "{\"event\":\"start\"}",
                "{\"event\":\"start\",\"start\":{\"streamSid\":\"MZ1\"}}",
                "{\"event\":\"start\",\"start\":{\"callSid\":\"CA1\"}}",
                "{\"event\":\"start\",\"start\":{\"streamSid\":\"MZ1\",\"callSid\":\"CA1\",\"customParameters\":\"x\"}}"
            })
    void whatIsNotAsTheContractSaysIsMalformed(String message) {
        read(message);
        assertThat(read.log).containsExactly("malformed");
    }

    @Test
    void nestingWithoutEndIsMalformed() {
        read("{\"event\":\"x\",\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}");
        assertThat(read.log).containsExactly("malformed");
    }

    @Test
    void aMessageCutOffAnywhereIsOneMalformedMessage() {
        for (String whole : List.of(START, MEDIA, DTMF, MARK, STOP)) {
            byte[] json = whole.getBytes(UTF_8);
            for (int length = 0; length < json.length; length++) {
                read.log.clear();
                messages.read(Arrays.copyOf(json, length), 0, length, read);
                assertThat(read.log).as("%s cut at %d", whole, length).containsExactly("malformed");
            }
        }
    }

    @Test
    void damageNeverThrows() {
        Random random = new Random(9);
        for (String whole : List.of(CONNECTED, START, MEDIA, DTMF, MARK, STOP)) {
            for (int i = 0; i < 3_000; i++) {
                byte[] json = whole.getBytes(UTF_8);
                for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                    json[random.nextInt(json.length)] = (byte) random.nextInt(256);
                }
                read.log.clear();
                messages.read(json, 0, json.length, read);
                assertThat(read.log).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void sendsExactlyTheFieldsOfTheContract() {
        assertThat(sent(messages.media(new byte[] {1, 2, 3, -1, 9}, 4)))
                .isEqualTo("{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AQID/w==\"}}");
        assertThat(sent(messages.mark("0-500")))
                .isEqualTo("{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"0-500\"}}");
        assertThat(sent(messages.clear())).isEqualTo("{\"event\":\"clear\",\"streamSid\":\"MZ1\"}");
    }

    @Test
    void sendsWhatTheContractAllows() throws IOException {
        AsyncApiContract contract = AsyncApiContract.of("twilio_media_streams_asyncapi.yml");
        assertThat(contract.violations("MediaOutboundMedia", new JsonObject(sent(messages.media(new byte[160], 160)))))
                .isEmpty();
        assertThat(contract.violations("MediaOutboundMark", new JsonObject(sent(messages.mark("0-500")))))
                .isEmpty();
        assertThat(contract.violations("MediaOutboundClear", new JsonObject(sent(messages.clear()))))
                .isEmpty();

        JsonObject more = new JsonObject(sent(messages.clear())).put("sequenceNumber", "1");
        assertThat(contract.violations("MediaOutboundClear", more))
                .containsExactly("MediaOutboundClear.sequenceNumber is not in the contract");
    }

    @Test
    void namesAreQuotedAsJson() {
        read(START.replace("MZ1", "M\\\"Z"));
        for (byte[] message : List.of(messages.media(new byte[3], 3), messages.mark("a\"\\\n"), messages.clear())) {
            assertThat(new JsonObject(sent(message)).getString("streamSid")).isEqualTo("M\"Z");
        }
        assertThat(new JsonObject(sent(messages.mark("a\"\\\n"))).getJsonObject("mark"))
                .isEqualTo(JsonObject.of("name", "a\"\\\n"));
    }

    private void read(String message) {
        byte[] json = ("xx" + message + "xx").getBytes(UTF_8);
        messages.read(json, 2, json.length - 2, read);
    }

    private static String sent(byte[] message) {
        return new String(message, UTF_8);
    }

    private static final class Recording implements TwilioMediaMessages.Reader {

        private final List<String> log = new ArrayList<>();

        @Override
        public void started(String streamSid, String callSid, Map<String, String> parameters) {
            log.add("started " + streamSid + " " + callSid + " " + new TreeMap<>(parameters));
        }

        @Override
        public void media(byte[] mulaw, int length, long timestamp) {
            log.add("media " + Arrays.toString(Arrays.copyOf(mulaw, length)) + " at " + timestamp);
        }

        @Override
        public void digit(String digit) {
            log.add("digit " + digit);
        }

        @Override
        public void mark(String name) {
            log.add("mark " + name);
        }

        @Override
        public void stopped() {
            log.add("stopped");
        }

        @Override
        public void unknown() {
            log.add("unknown");
        }

        @Override
        public void malformed() {
            log.add("malformed");
        }
    }
}
