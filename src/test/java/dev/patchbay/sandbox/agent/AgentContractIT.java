package dev.patchbay.sandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.AsyncApiContract;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated agent says nothing that ElevenLabs' AsyncAPI description of the agent socket does not. */
class AgentContractIT {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void everyMessageHasTheFieldsOfItsSchema() throws Exception {
        AsyncApiContract contract = AsyncApiContract.of("elevenlabs_asyncapi_convai.yml");
        SandboxSignatures signatures = new SandboxSignatures(Clock.systemUTC());
        Router router = Router.router(vertx);
        router.get("/agent").handler(new AgentSimulator(vertx, signatures)::handle);
        int port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();

        Set<String> seen = new TreeSet<>();
        for (String agentId : List.of("greeter", "flaky-tool")) {
            AgentClient client = AgentClient.connect(
                    port, "/agent?agent_id=" + agentId + "&conversation_signature=" + signatures.issue(agentId));
            client.initiate(new JsonObject());
            // Loud, over the greeting, then quiet: interruption, correction, transcript, response.
            for (int i = 0; i < 200; i++) {
                byte[] chunk = new byte[640];
                java.util.Arrays.fill(chunk, (byte) (i < 100 ? 0x20 : 0));
                client.say(chunk);
            }
            String last = agentId.equals("greeter") ? "user_transcript" : "client_tool_call";
            JsonObject message;
            do {
                message = new JsonObject(client.text());
                seen.add(message.getString("type"));
                assertThat(contract.violations(schema(contract, message.getString("type")), message))
                        .isEmpty();
            } while (!message.getString("type").equals(last));
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "conversation_initiation_metadata",
                        "ping",
                        "audio",
                        "agent_response",
                        "agent_response_correction",
                        "interruption",
                        "user_transcript",
                        "vad_score",
                        "client_tool_call");
    }

    /** Schemas are named in camel case, except the one of {@code audio}. */
    private static String schema(AsyncApiContract contract, String type) {
        return type.equals("audio")
                ? "AudioResponse"
                : contract.schemas().stream()
                        .filter(name -> name.equalsIgnoreCase(type.replace("_", "")))
                        .findFirst()
                        .orElseThrow();
    }
}
