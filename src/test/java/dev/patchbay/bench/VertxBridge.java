package dev.patchbay.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The bridge one would write by hand on Vert.x: the same sockets, codec and JSON as the gateway, without routes, records or limits. Usage:
 * {@code VertxBridge <port> <agent port>}. Each call's two sockets share one event loop.
 */
public final class VertxBridge {

    private static final JsonFactory JSON = new JsonFactory();

    private final ServerWebSocket caller;
    private final WebSocket agent;
    private final MediaCodec up = new MediaCodec(AudioFormat.ULAW_8000, AudioFormat.PCM_16000);
    private final MediaCodec down = new MediaCodec(AudioFormat.PCM_16000, AudioFormat.ULAW_8000);
    private String streamSid = "";

    private VertxBridge(ServerWebSocket caller, WebSocket agent) {
        this.caller = caller;
        this.agent = agent;
    }

    public static void main(String[] arguments) {
        int agentPort = Integer.parseInt(arguments[1]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000));
        vertx.createHttpServer(new HttpServerOptions()
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setTcpNoDelay(true))
                .webSocketHandler(caller -> bridge(client, agentPort, caller))
                .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                .onFailure(failed -> {
                    failed.printStackTrace();
                    System.exit(1);
                });
    }

    private static void bridge(WebSocketClient client, int agentPort, ServerWebSocket caller) {
        caller.pause();
        caller.exceptionHandler(reset -> caller.close());
        client.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(agentPort)
                        .setURI("/agent"))
                .onFailure(failed -> caller.close())
                .onSuccess(agent -> new VertxBridge(caller, agent).run());
    }

    private void run() {
        agent.writeTextMessage("{\"type\":\"conversation_initiation_client_data\"}");
        agent.exceptionHandler(reset -> agent.close());
        agent.textMessageHandler(this::fromAgent);
        agent.closeHandler(closed -> caller.close());
        caller.textMessageHandler(this::fromCaller);
        caller.closeHandler(closed -> agent.close());
        caller.resume();
    }

    private void fromCaller(String text) {
        String payload = field(text, "payload");
        if (payload != null) {
            agent.writeTextMessage("{\"user_audio_chunk\":\"" + convert(up, payload) + "\"}");
        } else if (streamSid.isEmpty()) {
            String given = field(text, "streamSid");
            streamSid = given == null ? "" : given;
        }
    }

    private void fromAgent(String text) {
        String audio = field(text, "audio_base_64");
        if (audio != null) {
            caller.writeTextMessage("{\"event\":\"media\",\"streamSid\":\"" + streamSid + "\",\"media\":{\"payload\":\""
                    + convert(down, audio) + "\"}}");
        }
    }

    private static String convert(MediaCodec codec, String base64) {
        byte[] in = Base64.getDecoder().decode(base64);
        byte[] out = new byte[codec.maxOutput(in.length)];
        int length = codec.convert(in, 0, in.length, out, 0);
        return Base64.getEncoder().encodeToString(length == out.length ? out : Arrays.copyOf(out, length));
    }

    /** The first string field of this name at any depth. */
    private static @Nullable String field(String text, String name) {
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals(name)) {
                    return parser.nextTextValue();
                }
            }
            return null;
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
