package dev.patchbay.sandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.sandbox.speech.CrossCorrelation;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentSimulatorIT {
    private static final String PATH = "/sandbox/elevenlabs/v1/convai/conversation";
    private static final JsonObject NOTHING_MORE = new JsonObject();

    private final Vertx vertx = Vertx.vertx();
    private final SandboxSignatures signatures = new SandboxSignatures(Clock.systemUTC());
    private final AgentSimulator simulator = new AgentSimulator(vertx, signatures, 3);
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        router.get(PATH).handler(simulator::handle);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void refusesWrongSignaturesUnknownAgentsAndOtherFirstMessages() throws Exception {
        assertThat(connect("parrot", signatures.issue("greeter")).closeCode()).isEqualTo((short) 1008);
        assertThat(connect("parrot", "").closeCode()).isEqualTo((short) 1008);
        assertThat(connect("nobody").closeCode()).isEqualTo((short) 1008);
        assertThat(connect("parrot.mp3").closeCode()).isEqualTo((short) 1008);

        AgentClient early = connect("parrot");
        early.say(new byte[320]);
        assertThat(early.closeCode()).isEqualTo((short) 1008);
    }

    @Test
    void tellsItsFormatsAndMeasuresPongs() throws Exception {
        AgentClient client = initiated("parrot.ulaw_8000.pcm_24000");

        JsonObject metadata =
                client.next("conversation_initiation_metadata").getJsonObject("conversation_initiation_metadata_event");
        assertThat(metadata.getString("user_input_audio_format")).isEqualTo("ulaw_8000");
        assertThat(metadata.getString("agent_output_audio_format")).isEqualTo("pcm_24000");
        assertThat(metadata.getString("conversation_id"))
                .isEqualTo(conversation().id());

        JsonObject ping = client.next("ping").getJsonObject("ping_event");
        assertThat(ping).isEqualTo(JsonObject.of("event_id", 0));
        client.send(JsonObject.of("type", "pong", "event_id", 0));
        JsonObject second = client.next("ping").getJsonObject("ping_event");
        assertThat(second.getInteger("event_id")).isEqualTo(1);
        assertThat(second.getInteger("ping_ms")).isBetween(0, 1000);
        assertThat(conversation().pongs()).containsExactly(0);
        assertThat(conversation().violations()).isEmpty();
    }

    @Test
    void observesWhatTheClientSends() throws Exception {
        AgentClient client = connect("parrot.ulaw_8000");
        client.initiate(JsonObject.of("dynamic_variables", JsonObject.of("name", "Zoë", "emi_eligible", true)));
        client.send(JsonObject.of("type", "contextual_update", "text", "key 5"));
        client.send(JsonObject.of("type", "user_activity"));
        client.send(JsonObject.of("type", "pong", "event_id", 17));
        client.send(JsonObject.of("type", "user_audio_chunk", "user_audio_chunk", "AAAA"));
        client.say(new byte[] {1, 2, 3});
        client.send(JsonObject.of("type", "user_message", "text", "hello"));

        assertThat(client.next("agent_response").getJsonObject("agent_response_event"))
                .isEqualTo(JsonObject.of("agent_response", "hello"));
        Conversation seen = conversation();
        assertThat(seen.init().getJsonObject("dynamic_variables"))
                .isEqualTo(JsonObject.of("name", "Zoë", "emi_eligible", true));
        assertThat(seen.contextualUpdates()).containsExactly("key 5");
        assertThat(seen.userMessages()).containsExactly("hello");
        assertThat(seen.audioBytes()).isEqualTo(3);
        assertThat(seen.audioChunks()).isEqualTo(1);
        assertThat(seen.firstAudio()).containsExactly(1, 2, 3);
        assertThat(seen.violations()).containsExactly("pong for no ping: 17", "unknown message type: user_audio_chunk");
        assertThat(seen.closed()).isFalse();
    }

    @Test
    void aParrotGivesBackTheSameBytesOrTheSameSound() throws Exception {
        AgentClient same = initiated("parrot.ulaw_8000");
        for (int i = 1; i <= 3; i++) {
            byte[] chunk = {(byte) i, 5, 6};
            same.say(chunk);
            JsonObject audio = same.nextAudio();
            assertThat(audio.getInteger("event_id")).isEqualTo(i);
            assertThat(AgentClient.sound(audio)).containsExactly(chunk);
        }

        AgentClient other = initiated("parrot.pcm_16000.pcm_24000");
        other.say(new byte[32_000]);
        assertThat(AgentClient.sound(other.nextAudio()).length).isBetween(47_000, 48_000);
    }

    @Test
    void aGreeterGreetsIsInterruptedAndRepeatsTheCaller() throws Exception {
        AgentClient client = initiated("greeter");
        long began = System.nanoTime();
        String greeting = client.next("agent_response")
                .getJsonObject("agent_response_event")
                .getString("agent_response");
        assertThat(greeting).startsWith("Hello, you have reached Patchbay.");
        int greetingBytes = BundledSpeech.GREETING.wav().samples().length * 2;
        int last = 0;
        for (int bytes = 0; bytes < greetingBytes; ) {
            JsonObject audio = client.nextAudio();
            assertThat(audio.getInteger("event_id")).isEqualTo(++last);
            bytes += AgentClient.sound(audio).length;
        }
        assertThat(System.nanoTime() - began)
                .as("in a burst, not in real time")
                .isLessThan(greetingBytes / 32_000 * 1_000_000_000L);

        short[] said = BundledSpeech.CALLER.wav().samplesAt(16_000);
        speak(client, said);
        assertThat(client.next("interruption").getJsonObject("interruption_event"))
                .isEqualTo(JsonObject.of("event_id", last));
        JsonObject correction =
                client.next("agent_response_correction").getJsonObject("agent_response_correction_event");
        assertThat(correction.getString("original_agent_response")).isEqualTo(greeting);
        assertThat(correction.getString("corrected_agent_response"))
                .endsWith("...")
                .isNotEqualTo(greeting);
        assertThat(client.nextAudio().getInteger("event_id")).as("late audio").isEqualTo(last - 1);
        assertThat(client.nextAudio().getInteger("event_id")).as("late audio").isEqualTo(last);

        speak(client, new short[16_000]);
        assertThat(client.next("user_transcript")
                        .getJsonObject("user_transcription_event")
                        .getString("user_transcript"))
                .contains("s of speech");
        client.next("agent_response");
        var repeated = new ByteArrayOutputStream();
        while (repeated.size() < said.length * 2 - 16_000) {
            JsonObject audio = client.nextAudio();
            assertThat(audio.getInteger("event_id")).isEqualTo(++last);
            repeated.writeBytes(AgentClient.sound(audio));
        }
        short[] heard = new short[repeated.size() / 2];
        ByteBuffer.wrap(repeated.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(heard);
        assertThat(CrossCorrelation.find(Arrays.copyOfRange(said, 4_000, 20_000), heard)
                        .correlation())
                .isGreaterThan(0.99);
    }

    @Test
    void flakyRefuseAnswersTheUpgradeWith403() {
        assertThatThrownBy(() -> connect("flaky-refuse"))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, rejected -> assertThat(
                                rejected.getResponse().statusCode())
                        .isEqualTo(403));
    }

    @Test
    void flakyMuteAndFlakyStallGoSilent() throws Exception {
        AgentClient mute = initiated("flaky-mute");
        await().until(() -> !conversation().init().isEmpty());
        assertThat(mute.hearsNothingFor(300)).isTrue();

        AgentClient stalled = initiated("flaky-stall");
        stalled.next("conversation_initiation_metadata");
        assertThat(stalled.hearsNothingFor(300)).isTrue();
    }

    @Test
    void flakyDropEndsWithoutACloseFrameAndFlakyCloseWithOne() throws Exception {
        AgentClient dropped = initiated("flaky-drop.ulaw_8000");
        dropped.next("audio");
        dropped.say(new byte[7_999]);
        dropped.say(new byte[1]);
        assertThat(dropped.closeCode()).isNull();
        await().until(() -> conversation().closed());

        AgentClient ended = initiated("flaky-close.ulaw_8000");
        ended.next("audio");
        ended.say(new byte[8_000]);
        assertThat(ended.closeCode()).isEqualTo((short) 1000);
    }

    @Test
    void flakyDropOnceWorksTheSecondTimeForEachCall() throws Exception {
        for (String call : new String[] {"CA1", "CA2"}) {
            JsonObject init = JsonObject.of("dynamic_variables", JsonObject.of("call_sid", call));
            AgentClient first = connect("flaky-drop-once.ulaw_8000");
            first.initiate(init);
            first.say(new byte[8_000]);
            assertThat(first.closeCode()).isNull();

            AgentClient second = connect("flaky-drop-once.ulaw_8000");
            second.initiate(init);
            second.say(new byte[8_000]);
            assertThat(AgentClient.sound(second.nextAudio())).hasSize(8_000);
        }
    }

    @Test
    void flakyJunkGoesOnAsAParrotOfWholeSamples() throws Exception {
        AgentClient client = initiated("flaky-junk");
        assertThat(client.binary()).isNotNull();
        int junkBytes = 0;
        byte[] chunk = new byte[640];
        Arrays.fill(chunk, (byte) 7);
        client.say(chunk);
        while (true) {
            JsonObject event = client.next("audio").getValue("audio_event") instanceof JsonObject given ? given : null;
            if (event == null || !(event.getValue("audio_base_64") instanceof String base64)) {
                continue;
            }
            if (base64.startsWith("BwcH")) {
                assertThat(event.getInteger("event_id")).isEqualTo(1);
                break;
            }
            junkBytes += event.getValue("event_id") instanceof Integer && base64.matches("[A-Za-z0-9+/=]+")
                    ? AgentClient.sound(event).length
                    : 0;
        }
        assertThat(junkBytes).as("two odd pieces").isEqualTo(8);
    }

    @Test
    void flakyHugeSendsMoreThan16Mebibytes() throws Exception {
        AgentClient client = initiated("flaky-huge");

        assertThat(client.next("audio")
                        .getJsonObject("audio_event")
                        .getString("audio_base_64")
                        .length())
                .isGreaterThan(16 * 1024 * 1024);
    }

    @Test
    void flakyForbidAllowsNoOverride() throws Exception {
        AgentClient forbidden = connect("flaky-forbid");
        forbidden.initiate(JsonObject.of("conversation_config_override", new JsonObject()));
        assertThat(forbidden.closeCode()).isEqualTo((short) 1008);

        AgentClient allowed = initiated("flaky-forbid");
        allowed.say(new byte[640]);
        assertThat(AgentClient.sound(allowed.nextAudio())).hasSize(640);
    }

    @Test
    void flakyToolCallsAToolAndSaysItsAnswer() throws Exception {
        AgentClient client = connect("flaky-tool");
        client.initiate(JsonObject.of("dynamic_variables", JsonObject.of("tool", "balance", "customer", "7")));
        JsonObject call = client.next("client_tool_call").getJsonObject("client_tool_call");
        assertThat(call.getString("tool_name")).isEqualTo("balance");
        assertThat(call.getJsonObject("parameters")).isEqualTo(JsonObject.of("customer", "7"));

        JsonObject result = JsonObject.of(
                "type",
                "client_tool_result",
                "tool_call_id",
                call.getString("tool_call_id"),
                "result",
                "12.50",
                "is_error",
                false);
        client.send(result);

        assertThat(client.next("agent_response")
                        .getJsonObject("agent_response_event")
                        .getString("agent_response"))
                .isEqualTo("The tool says: 12.50");
        assertThat(conversation().toolResults()).containsExactly(result);

        AgentClient usual = initiated("flaky-tool");
        assertThat(usual.next("client_tool_call")
                        .getJsonObject("client_tool_call")
                        .getString("tool_name"))
                .isEqualTo("lookup");
    }

    @Test
    void flakySlowReaderStopsReadingButGoesOnPinging() throws Exception {
        AgentClient client = initiated("flaky-slow-reader");
        client.next("ping");
        long began = System.nanoTime();
        client.say(new byte[640]);

        client.next("ping");
        assertThat(conversation().audioBytes()).isZero();
        client.nextAudio();
        assertThat(System.nanoTime() - began).isGreaterThan(3_000_000_000L);
    }

    @Test
    void keepsTheLatestConversations() throws Exception {
        for (String agentId : new String[] {"parrot", "greeter", "flaky-mute", "flaky-stall", "flaky-junk"}) {
            connect(agentId);
        }

        await().untilAsserted(() -> assertThat(simulator.conversations())
                .extracting(Conversation::agentId)
                .containsExactly("flaky-mute", "flaky-stall", "flaky-junk"));
    }

    private Conversation conversation() {
        var all = simulator.conversations();
        return all.get(all.size() - 1);
    }

    private AgentClient initiated(String agentId) throws Exception {
        AgentClient client = connect(agentId);
        client.initiate(NOTHING_MORE);
        return client;
    }

    private AgentClient connect(String agentId) throws Exception {
        return connect(agentId, signatures.issue(agentId));
    }

    private AgentClient connect(String agentId, String signature) throws Exception {
        return AgentClient.connect(port, PATH + "?agent_id=" + agentId + "&conversation_signature=" + signature);
    }

    private static void speak(AgentClient client, short[] samples) {
        ByteBuffer pcm = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        pcm.asShortBuffer().put(samples);
        for (int at = 0; at < pcm.capacity(); at += 640) {
            client.say(Arrays.copyOfRange(pcm.array(), at, Math.min(pcm.capacity(), at + 640)));
        }
    }
}
