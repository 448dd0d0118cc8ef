package dev.patchbay.sandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The simulated agent says nothing that ElevenLabs' AsyncAPI description of the agent socket does not. */
class AgentContractIT {
    private static final Path SPEC = Path.of("../shared/contracts/specs/elevenlabs_asyncapi_convai.yml");
    private static final Map<String, Class<?>> TYPES = Map.of(
            "string", String.class, "integer", Integer.class, "number", Number.class, "object", JsonObject.class);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void everyMessageHasTheFieldsOfItsSchema() throws Exception {
        assumeTrue(Files.exists(SPEC), SPEC + " is not there");
        Map<String, Object> spec = new Yaml().load(Files.readString(SPEC));
        JsonObject schemas = new JsonObject(spec).getJsonObject("components").getJsonObject("schemas");
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
                    vertx, port, "/agent?agent_id=" + agentId + "&conversation_signature=" + signatures.issue(agentId));
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
                assertMatches(schema(schemas, message.getString("type")), message, message.getString("type"));
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
    private static JsonObject schema(JsonObject schemas, String type) {
        String name = type.equals("audio")
                ? "AudioResponse"
                : schemas.fieldNames().stream()
                        .filter(key -> key.equalsIgnoreCase(type.replace("_", "")))
                        .findFirst()
                        .orElseThrow();
        return schemas.getJsonObject(name);
    }

    private static void assertMatches(JsonObject schema, JsonObject given, String where) {
        JsonObject properties = schema.getJsonObject("properties");
        if (properties == null) {
            return;
        }
        assertThat(given.fieldNames()).as(where).isSubsetOf(properties.fieldNames());
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            assertThat(given.fieldNames()).as(where).contains(required.toString());
        }
        for (String field : given.fieldNames()) {
            JsonObject property = properties.getJsonObject(field);
            Object value = given.getValue(field);
            if (property.containsKey("type")) {
                assertThat(value).as(where + "." + field).isInstanceOf(TYPES.get(property.getString("type")));
            }
            if (value instanceof JsonObject object) {
                assertMatches(property, object, where + "." + field);
            }
        }
    }
}
