package dev.patchbay.provider.elevenlabs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.media.AgentCall;
import dev.patchbay.provider.AsyncApiContract;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElevenLabsMessagesTest {

    private final ElevenLabsMessages messages = new ElevenLabsMessages();
    private final Recording read = new Recording();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 160, 2_999, 3_000, 3_001, 6_000, 32_000, 1_000_001})
    void readsAudioOfAnySizeInBoundedPieces(int size) {
        byte[] audio = new byte[size];
        new Random(size).nextBytes(audio);
        read(audio(audio, 5));
        assertThat(read.audio.toByteArray()).isEqualTo(audio);
        assertThat(read.largest).isLessThanOrEqualTo(3_000);
        assertThat(read.asked).containsExactly(5L);
        assertThat(read.log).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"audio\",\"audio_event\":{\"event_id\":7,\"audio_base_64\":\"AQID/w==\"}}",
                "{\"audio_event\":{\"audio_base_64\":\"AQID/w==\",\"event_id\":7},\"type\":\"audio\"}",
                "{\"x\":[1,{\"type\":\"ping\"}],\"audio_event\":{\"alignment\":{\"chars\":[\"}\"]},\"event_id\":\"7\",\"audio_base_64\":\"AQID/w==\"},\"type\":\"audio\"}",
                "{ \"type\" : \"audio\" , \"audio_event\" : { \"audio_base_64\" : \"AQID/w==\" , \"event_id\" : 7 } }",
                "{\"type\":\"audio\",\"audio_event\":{\"event_id\":7,\"audio_base_64\":\"AQID\\/w==\"}}"
            })
    void orderSpaceFurtherFieldsAndEscapesDoNotMatter(String message) {
        read(message);
        assertThat(read.audio.toByteArray()).containsExactly(1, 2, 3, 0xFF);
        assertThat(read.asked).containsExactly(7L);
        assertThat(read.log).isEmpty();
    }

    @Test
    void audioThatIsNotWantedIsNotDecoded() {
        read.wants = false;
        read("{\"type\":\"audio\",\"audio_event\":{\"event_id\":7,\"audio_base_64\":\"not base64\"}}");
        assertThat(read.asked).containsExactly(7L);
        assertThat(read.audio.size()).isZero();
        assertThat(read.log).isEmpty();
    }

    @Test
    void theEventIdMayBeZeroOrMissing() {
        read("{\"type\":\"audio\",\"audio_event\":{\"event_id\":0,\"audio_base_64\":\"AQID\"}}");
        read("{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"AQID\"}}");
        assertThat(read.asked).containsExactly(0L, -1L);
        assertThat(read.audio.size()).isEqualTo(6);
    }

    @Test
    void everythingElseIsParsed() {
        read("{\"ping_event\":{\"event_id\":0},\"type\":\"ping\"}");
        read("{\"type\":\"tomorrow's\",\"x\":\"é\"}");
        read("{}");
        read("{\"type\":null}");
        assertThat(read.log)
                .containsExactly(
                        "ping {\"ping_event\":{\"event_id\":0},\"type\":\"ping\"}",
                        "tomorrow's {\"type\":\"tomorrow's\",\"x\":\"é\"}",
                        " {}",
                        " {\"type\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "null",
                "[]",
                "{",
                "{\"type\":\"audio\"}",
                "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":null}}",
                "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"****\",\"event_id\":1}}",
                "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"A\",\"event_id\":1}}"
            })
    void whatCannotBeReadIsMalformed(String message) {
        read(message);
        assertThat(read.log).containsExactly("malformed");
        assertThat(read.audio.size()).isZero();
    }

    @Test
    void damageNeverThrows() {
        Random random = new Random(2);
        String whole = audio(new byte[40], 3);
        for (int i = 0; i < 5_000; i++) {
            byte[] json = whole.getBytes(UTF_8);
            json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            int length = random.nextBoolean() ? json.length : random.nextInt(json.length);
            read.log.clear();
            messages.read(Arrays.copyOf(json, length), 0, length, read);
            assertThat(read.log).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void theFirstMessageCarriesScalarsOnly() {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put("name", "Zoë");
        variables.put("total", 12.5);
        variables.put("count", 3L);
        variables.put("emi_eligible", false);
        variables.put("nothing", null);
        variables.put("nested", Map.of("a", 1));
        variables.put("list", List.of(1));
        @SuppressWarnings({"unchecked", "rawtypes"})
        AgentCall call = new AgentCall("c1", "CA1", agent(null, null, null), (Map) variables, true, false);
        assertThat(ElevenLabsMessages.initiation(call).encode())
                .isEqualTo("{\"type\":\"conversation_initiation_client_data\",\"dynamic_variables\":"
                        + "{\"name\":\"Zoë\",\"total\":12.5,\"count\":3,\"emi_eligible\":false}}");
    }

    @Test
    void overridesOnlyWhatTheAgentHas() {
        assertThat(overrides(call(agent("Hello", "hi", "v1"), true)))
                .isEqualTo(JsonObject.of(
                        "agent",
                        JsonObject.of("first_message", "Hello", "language", "hi"),
                        "tts",
                        JsonObject.of("voice_id", "v1")));
        assertThat(overrides(call(agent(null, null, "v1"), true)))
                .isEqualTo(JsonObject.of("tts", JsonObject.of("voice_id", "v1")));
        assertThat(overrides(call(agent("Hello", " ", null), true)))
                .isEqualTo(JsonObject.of("agent", JsonObject.of("first_message", "Hello")));
        assertThat(overrides(call(agent(null, null, null), true))).isNull();
        assertThat(overrides(call(agent("Hello", "hi", "v1"), false))).isNull();
        assertThat(overrides(call(agent("Hello", "hi", "v1"), true).withoutOverrides()))
                .isNull();
    }

    @Test
    void aPromptTakesThePlaceOfTheAgentsOwn() throws IOException {
        AgentCall call = call(agent("Hello", null, null).instructed("Be kind."), true);

        assertThat(overrides(call))
                .isEqualTo(JsonObject.of(
                        "agent",
                        JsonObject.of("first_message", "Hello", "prompt", JsonObject.of("prompt", "Be kind."))));
        assertThat(AsyncApiContract.of("elevenlabs_asyncapi_convai.yml")
                        .violations("ConversationInitiationClientData", ElevenLabsMessages.initiation(call)))
                .isEmpty();
    }

    @Test
    void aConversationThatGoesOnIsToldSo() {
        AgentCall call = call(agent(null, null, null), true);
        assertThat(variables(call)).isEqualTo(JsonObject.of("name", "Ann"));
        assertThat(variables(call.asResumed())).isEqualTo(JsonObject.of("name", "Ann", "resumed", true));
    }

    @Test
    void sendsExactlyTheseMessages() {
        assertThat(new String(messages.audioChunk(new byte[] {1, 2, 3, -1, 9}, 4), UTF_8))
                .isEqualTo("{\"user_audio_chunk\":\"AQID/w==\"}");
        assertThat(ElevenLabsMessages.pong(0).encode()).isEqualTo("{\"type\":\"pong\",\"event_id\":0}");
        assertThat(ElevenLabsMessages.contextualUpdate("key \"5\"").encode())
                .isEqualTo("{\"type\":\"contextual_update\",\"text\":\"key \\\"5\\\"\"}");
        assertThat(ElevenLabsMessages.userMessage("hi").encode())
                .isEqualTo("{\"type\":\"user_message\",\"text\":\"hi\"}");
        assertThat(ElevenLabsMessages.toolResult("t1", "no", true).encode())
                .isEqualTo(
                        "{\"type\":\"client_tool_result\",\"tool_call_id\":\"t1\",\"result\":\"no\",\"is_error\":true}");
    }

    @Test
    void sendsWhatTheContractAllows() throws IOException {
        AsyncApiContract contract = AsyncApiContract.of("elevenlabs_asyncapi_convai.yml");
        JsonObject initiation = ElevenLabsMessages.initiation(
                call(agent("Hello", "hi", "v1"), true).asResumed());
        Map<String, JsonObject> sent = Map.of(
                "ConversationInitiationClientData", initiation,
                "UserAudioChunk", new JsonObject(new String(messages.audioChunk(new byte[640], 640), UTF_8)),
                "Pong", ElevenLabsMessages.pong(0),
                "ContextualUpdate", ElevenLabsMessages.contextualUpdate("x"),
                "UserMessage", ElevenLabsMessages.userMessage("x"),
                "ClientToolResult", ElevenLabsMessages.toolResult("t1", "x", false));
        sent.forEach((schema, message) ->
                assertThat(contract.violations(schema, message)).isEmpty());

        assertThat(contract.violations("Pong", ElevenLabsMessages.userMessage("x")))
                .containsExactly("Pong.type is not pong", "Pong.text is not in the contract");
    }

    @Test
    void aToolCallsParametersAreNeverNull() {
        assertThat(ElevenLabsMessages.parameters(new JsonObject())).isEmpty();
        assertThat(ElevenLabsMessages.parameters(new JsonObject("{\"parameters\":null}")))
                .isEmpty();
        assertThat(ElevenLabsMessages.parameters(new JsonObject("{\"parameters\":{\"city\":\"Paris\"}}")))
                .isEqualTo(Map.of("city", "Paris"));
    }

    private void read(String message) {
        byte[] json = ("xx" + message + "xx").getBytes(UTF_8);
        messages.read(json, 2, json.length - 2, read);
    }

    private static String audio(byte[] audio, long eventId) {
        return "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\""
                + Base64.getEncoder().encodeToString(audio) + "\",\"event_id\":" + eventId + "}}";
    }

    private static AgentCall call(Agent agent, boolean overrides) {
        return new AgentCall("c1", "CA1", agent, Map.of("name", "Ann"), overrides, false);
    }

    private static Agent agent(@Nullable String greeting, @Nullable String language, @Nullable String voice) {
        return new Agent("a", "a", "elevenlabs", null, null, "agent_1", greeting, language, voice, AgentLimits.DEFAULT);
    }

    private static @Nullable JsonObject overrides(AgentCall call) {
        return ElevenLabsMessages.initiation(call).getJsonObject("conversation_config_override");
    }

    private static @Nullable JsonObject variables(AgentCall call) {
        return ElevenLabsMessages.initiation(call).getJsonObject("dynamic_variables");
    }

    private static final class Recording implements ElevenLabsMessages.Reader {

        private final List<String> log = new ArrayList<>();
        private final List<Long> asked = new ArrayList<>();
        private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
        private int largest;
        private boolean wants = true;

        @Override
        public boolean wantsAudio(long eventId) {
            asked.add(eventId);
            return wants;
        }

        @Override
        public void audio(byte[] data, int length) {
            audio.write(data, 0, length);
            largest = Math.max(largest, length);
        }

        @Override
        public void message(String type, JsonObject message) {
            log.add(type + " " + message.encode());
        }

        @Override
        public void malformed() {
            log.add("malformed");
        }
    }
}
