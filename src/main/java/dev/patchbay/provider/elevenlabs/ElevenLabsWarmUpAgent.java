package dev.patchbay.provider.elevenlabs;

import dev.patchbay.media.AgentCall;
import dev.patchbay.media.AgentConnection;
import dev.patchbay.media.AgentListener;
import dev.patchbay.media.WarmUpAgent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import org.springframework.stereotype.Component;

/** Repeats the caller in PCM of 16 kHz, says something now and then, and lets itself be interrupted. */
@Component
final class ElevenLabsWarmUpAgent implements WarmUpAgent {

    private static final String METADATA = """
            {"type":"conversation_initiation_metadata","conversation_initiation_metadata_event":{"conversation_id":"warm-up",\
            "agent_output_audio_format":"pcm_16000","user_input_audio_format":"pcm_16000"}}""";
    private static final String CHUNK = "{\"user_audio_chunk\":\"";
    /** Chunks after which it does more than repeat. */
    private static final int TURN = 250;

    private final ElevenLabsConnector connector;

    ElevenLabsWarmUpAgent(ElevenLabsConnector connector) {
        this.connector = connector;
    }

    @Override
    public Future<Opened> open(Vertx vertx) {
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .webSocketHandler(ElevenLabsWarmUpAgent::converse)
                .listen()
                .map(server -> new OnLoopback(connector, server));
    }

    private static void converse(ServerWebSocket socket) {
        int[] chunks = new int[1];
        socket.textMessageHandler(message -> {
            if (message.startsWith(CHUNK)) {
                chunks[0]++;
                repeat(socket, message.substring(CHUNK.length(), message.lastIndexOf('"')), chunks[0]);
            } else if (message.contains("conversation_initiation_client_data")) {
                socket.writeTextMessage(METADATA);
            }
        });
    }

    private static void repeat(ServerWebSocket socket, String base64, int chunk) {
        if (chunk % TURN == 0) {
            socket.writeTextMessage("{\"type\":\"ping\",\"ping_event\":{\"event_id\":" + chunk + "}}");
            socket.writeTextMessage("{\"type\":\"agent_response_complete\"}");
            socket.writeTextMessage(
                    "{\"type\":\"interruption\",\"interruption_event\":{\"event_id\":" + (chunk - 1) + "}}");
        }
        socket.writeTextMessage("{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"" + base64
                + "\",\"event_id\":" + chunk + "}}");
    }

    private record OnLoopback(ElevenLabsConnector connector, HttpServer server) implements Opened {

        @Override
        public String provider() {
            return connector.provider();
        }

        @Override
        public Preparation prepare(AgentCall call) {
            return ElevenLabsConnector.at("ws://127.0.0.1:" + server.actualPort() + "/");
        }

        @Override
        public AgentConnection connect(AgentCall call, Preparation preparation, AgentListener listener) {
            return connector.connect(call, preparation, listener);
        }

        @Override
        public Future<Void> close() {
            return server.close();
        }
    }
}
