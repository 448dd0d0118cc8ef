package dev.patchbay.sandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of an agent socket, as plain as one can be: sends JSON, queues what comes. */
final class AgentClient {
    private static final int LARGEST_MESSAGE = 32 * 1024 * 1024;
    private static final long PATIENCE_MILLIS = 10_000;

    private final ClientWebSocket socket;
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Buffer> binaries = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();

    private AgentClient(ClientWebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(texts::add);
        socket.binaryMessageHandler(binaries::add);
        socket.closeHandler(end -> closed.complete(socket.closeStatusCode()));
    }

    static AgentClient connect(Vertx vertx, int port, String pathAndQuery) throws Exception {
        var options = new WebSocketClientOptions().setMaxMessageSize(LARGEST_MESSAGE);
        // Handlers are set before the connection is there: the server may close it in the same breath.
        AgentClient client =
                new AgentClient(vertx.createWebSocketClient(options).webSocket());
        client.socket
                .connect(port, "127.0.0.1", pathAndQuery)
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return client;
    }

    void send(JsonObject message) {
        socket.writeTextMessage(message.encode());
    }

    void initiate(JsonObject fields) {
        send(JsonObject.of("type", "conversation_initiation_client_data").mergeIn(fields));
    }

    void say(byte[] audio) {
        send(JsonObject.of("user_audio_chunk", Base64.getEncoder().encodeToString(audio)));
    }

    /** The next text message, whatever it is. */
    String text() throws InterruptedException {
        String text = texts.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(text).as("a message in time").isNotNull();
        return text;
    }

    Buffer binary() throws InterruptedException {
        return binaries.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether nothing comes for so long. */
    boolean hearsNothingFor(long millis) throws InterruptedException {
        return texts.poll(millis, TimeUnit.MILLISECONDS) == null;
    }

    /** The next message of a type; others before it are passed over. */
    JsonObject next(String type) throws InterruptedException {
        while (true) {
            String text = text();
            try {
                JsonObject message = new JsonObject(text);
                if (type.equals(message.getValue("type"))) {
                    return message;
                }
            } catch (DecodeException e) {
                // Passed over too.
            }
        }
    }

    /** The event of the next audio message. */
    JsonObject nextAudio() throws InterruptedException {
        return next("audio").getJsonObject("audio_event");
    }

    static byte[] sound(JsonObject audioEvent) {
        return Base64.getDecoder().decode(audioEvent.getString("audio_base_64"));
    }

    /** The close code; null without a close frame. */
    Short closeCode() throws Exception {
        return closed.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
