package dev.patchbay.sandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client of an agent socket, as plain as one can be: sends JSON, queues what comes. The JDK's, because a server that
 * refuses closes in the same breath in which it opens, and Vert.x' client fails then without the code.
 */
final class AgentClient implements WebSocket.Listener {
    private static final long PATIENCE_MILLIS = 10_000;
    /** No close frame has this code: there was none. */
    private static final int LOST = 1006;

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<ByteBuffer> binaries = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();
    private final StringBuilder begun = new StringBuilder();
    /** One message has to be on its way before the next may be sent. */
    private CompletableFuture<WebSocket> sent;

    private AgentClient(URI url) {
        sent = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(url, this);
    }

    static AgentClient connect(int port, String pathAndQuery) throws Exception {
        AgentClient client = new AgentClient(URI.create("ws://127.0.0.1:" + port + pathAndQuery));
        client.sent.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return client;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        begun.append(part);
        if (last) {
            texts.add(begun.toString());
            begun.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        binaries.add(part);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code == LOST ? null : (short) code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable lost) {
        closed.complete(null);
    }

    synchronized void send(JsonObject message) {
        sent = sent.thenCompose(socket -> socket.sendText(message.encode(), true));
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

    ByteBuffer binary() throws InterruptedException {
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
