package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.media.MediaStreams;
import dev.patchbay.provider.twilio.TwilioSignature;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who may open a media socket, and what happens to those that may not. Plays Twilio by hand, one message at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaSocketFlowIT {

    private static final Pattern STREAM = Pattern.compile("<Stream url=\"ws://127\\.0\\.0\\.1:\\d+([^\"]+)\"");
    private static final String CONNECTED = "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";

    private final RunningGateway gateway = RunningGateway.shared();
    private final TwilioSignature signature = new TwilioSignature(RunningGateway.TOKEN);
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient();

    @AfterAll
    void close() {
        vertx.close();
    }

    @Test
    void onlyTwilioOpensOne() throws Exception {
        String path = answered("CA00000000000000000000000000000001");

        assertThat(rejection(path, null)).isEqualTo(403);
        assertThat(rejection(path, "wrong")).isEqualTo(403);
        assertThat(rejection("/twilio/media-stream", "wrong")).isEqualTo(404);
    }

    @Test
    void aTokenIsGoodForOneSocketOfItsOwnCall() throws Exception {
        String path = answered("CA00000000000000000000000000000002");

        Peer guessed = open("/twilio/media-stream/guessed");
        assertThat(guessed.closeCode()).isEqualTo(1008);

        Peer other = open(path);
        other.send(CONNECTED, start("CA00000000000000000000000000000099"));
        assertThat(other.closeCode()).isEqualTo(1008);
        assertThat(other.received).isEmpty();

        assertThat(open(path).closeCode()).isEqualTo(1008);
    }

    @Test
    void aRepeatedWebhookVoidsTheTokenBeforeAndKeepsTheRecord() throws Exception {
        String first = answered("CA00000000000000000000000000000003");
        String id = gateway.record("CA00000000000000000000000000000003").getString("id");
        String second = answered("CA00000000000000000000000000000003");

        assertThat(gateway.record("CA00000000000000000000000000000003").getString("id"))
                .isEqualTo(id);
        assertThat(open(first).closeCode()).isEqualTo(1008);
        Peer peer = open(second);
        peer.send(CONNECTED, start("CA00000000000000000000000000000003"), media());
        Awaitility.await().untilAsserted(() -> assertThat(peer.received).isNotEmpty());
        peer.send("{\"event\":\"stop\"}");
        assertThat(peer.closeCode()).isEqualTo(1000);
    }

    @Test
    void aSocketWithoutStartIsClosedAfterFiveSeconds() throws Exception {
        Peer peer = open(answered("CA00000000000000000000000000000004"));
        peer.send(CONNECTED);
        long begin = System.nanoTime();

        assertThat(peer.closeCode()).isEqualTo(1008);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(7));
        assertThat(peer.received).isEmpty();
    }

    @Test
    void nonsenseHarmsNobody() throws Exception {
        Peer peer = open(answered("CA00000000000000000000000000000005"));
        peer.send(
                media(), // before start
                "not json",
                "{",
                "[]",
                "{\"event\":\"unheard-of\"}",
                "{\"event\":5}",
                "{\"event\":\"start\"}",
                "{\"event\":\"start\",\"start\":7}",
                "{\"event\":\"media\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"%%%\"}}");
        peer.socket.writeBinaryMessage(io.vertx.core.buffer.Buffer.buffer(new byte[100]));
        peer.send(CONNECTED, start("CA00000000000000000000000000000005"));
        peer.send(
                "{\"event\":\"media\",\"media\":{\"payload\":12}}",
                "{\"event\":\"dtmf\"}",
                "{\"event\":\"mark\",\"mark\":{}}",
                media());

        Awaitility.await()
                .untilAsserted(() -> assertThat(peer.received).anyMatch(message -> message.contains("\"media\"")));
        peer.send("{\"event\":\"stop\"}");
        assertThat(peer.closeCode()).isEqualTo(1000);
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(gateway.bean(MediaStreams.class).load()).isZero());
    }

    @Test
    void aMessageOver64KiBIsTooLarge() throws Exception {
        Peer peer = open(answered("CA00000000000000000000000000000006"));
        peer.socket.writeFrame(io.vertx.core.http.WebSocketFrame.textFrame("x".repeat(60_000), false));
        peer.socket.writeFrame(io.vertx.core.http.WebSocketFrame.continuationFrame(
                io.vertx.core.buffer.Buffer.buffer("x".repeat(10_000)), true));

        assertThat(peer.closeCode()).isEqualTo(1009);
    }

    @Test
    void aFullGatewayIsBusyAtOnce() throws Exception {
        RunningGateway small = RunningGateway.with("--patchbay.media.max-calls=1");
        try {
            HttpResponse<String> first = answer(small, "CA00000000000000000000000000000007");
            HttpResponse<String> second = answer(small, "CA00000000000000000000000000000008");

            assertThat(first.body()).contains("<Connect>");
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.body()).contains("<Reject reason=\"busy\"/>");
            assertThat(small.record("CA00000000000000000000000000000008").getString("status"))
                    .isEqualTo("busy");
        } finally {
            small.stop();
        }
    }

    /** The path of the media socket of a call to the echo agent. */
    private String answered(String callSid) throws Exception {
        HttpResponse<String> answer = answer(gateway, callSid);
        assertThat(answer.statusCode()).isEqualTo(200);
        Matcher stream = STREAM.matcher(answer.body());
        assertThat(stream.find()).as(answer.body()).isTrue();
        return stream.group(1);
    }

    private HttpResponse<String> answer(RunningGateway asked, String callSid) throws Exception {
        String path = "/api/webhooks/twilio/echo";
        Map<String, String> form =
                Map.of("CallSid", callSid, "From", "+14155550123", "To", "+15550009999", "CallStatus", "ringing");
        List<String> fields = new ArrayList<>();
        form.forEach((name, value) -> fields.add(name + "=" + value.replace("+", "%2B")));
        return asked.postForm(
                path,
                String.join("&", fields),
                "X-Twilio-Signature",
                signature.signForm(asked.origin() + path, form.entrySet()));
    }

    private Peer open(String path) throws Exception {
        return await(client.connect(options(path, signature.signUrl("ws://127.0.0.1:" + gateway.port + path)))
                .map(Peer::new));
    }

    private int rejection(String path, String signed) throws Exception {
        try {
            await(client.connect(options(path, signed))).close();
            return 101;
        } catch (ExecutionException e) {
            return ((UpgradeRejectedException) e.getCause()).getStatus();
        }
    }

    private WebSocketConnectOptions options(String path, String signed) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.port)
                .setURI(path);
        if (signed != null) {
            options.putHeader("X-Twilio-Signature", signed);
        }
        return options;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private static String start(String callSid) {
        return "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"MZ1\",\"start\":{\"streamSid\":\"MZ1\","
                + "\"accountSid\":\"AC1\",\"callSid\":\"" + callSid + "\",\"tracks\":[\"inbound\"],"
                + "\"customParameters\":{\"event\":\"media\"},\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\","
                + "\"sampleRate\":8000,\"channels\":1}}}";
    }

    private static String media() {
        return "{\"event\":\"media\",\"sequenceNumber\":\"2\",\"media\":{\"track\":\"inbound\",\"chunk\":\"1\","
                + "\"timestamp\":\"20\",\"payload\":\""
                + java.util.Base64.getEncoder().encodeToString(new byte[160]) + "\"},\"streamSid\":\"MZ1\"}";
    }

    /** Twilio's end of a socket. */
    private static final class Peer {

        private final WebSocket socket;
        private final List<String> received = Collections.synchronizedList(new ArrayList<>());
        private final java.util.concurrent.CompletableFuture<Short> closed =
                new java.util.concurrent.CompletableFuture<>();

        /** On the socket's event loop, as the gateway may have closed it in the same breath. */
        Peer(WebSocket socket) {
            this.socket = socket;
            if (socket.isClosed()) {
                closed.complete(socket.closeStatusCode());
                return;
            }
            socket.textMessageHandler(received::add);
            socket.closeHandler(v -> closed.complete(socket.closeStatusCode()));
        }

        void send(String... messages) {
            for (String message : messages) {
                socket.writeTextMessage(message);
            }
        }

        int closeCode() throws Exception {
            return closed.get(10, TimeUnit.SECONDS);
        }
    }
}
