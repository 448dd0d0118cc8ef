package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code api-agent-*}: an agent's life over HTTP. */
class ApiAgentRoutesIT {

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(
                        dir,
                        "api-agent-list",
                        "api-agent-get",
                        "api-agent-create",
                        "api-agent-update",
                        "api-agent-delete",
                        "error-default",
                        "error-api")
                .withCalls()
                .start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void anAgentOfSeed004IsCreatedReadByNameChangedAndDeleted() throws Exception {
        HttpResponse<String> created = send("POST", "/agents", """
                {"name": "support", "phoneNumber": "+61 3 4151 7921", "retellAgentId": "agent_1"}""");

        assertThat(created.statusCode()).isEqualTo(201);
        JsonObject agent = new JsonObject(created.body());
        String id = agent.getString("id");
        assertThat(created.headers().firstValue("Location")).hasValue("/agents/" + id);
        assertThat(agent.fieldNames())
                .containsExactly(
                        "id",
                        "name",
                        "provider",
                        "phone_number",
                        "retell_agent_id",
                        "elevenlabs_agent_id",
                        "greeting",
                        "language",
                        "voice");
        assertThat(agent.getString("provider")).isEqualTo("retell");
        assertThat(agent.getString("phone_number")).isEqualTo("+61341517921");
        assertThat(json(scene.get("/agents/support"))).isEqualTo(agent);
        assertThat(json(scene.get("/agents/" + id))).isEqualTo(agent);

        JsonObject patched = json(send("PATCH", "/agents/support", "{\"greeting\": \"Hello ${body}\"}"));
        assertThat(patched).isEqualTo(agent.copy().put("greeting", "Hello ${body}"));
        JsonObject put = json(send("PUT", "/agents/" + id, "{\"name\": \"help\", \"provider\": \"echo\"}"));
        assertThat(put.getString("id")).isEqualTo(id);
        assertThat(put.getValue("phone_number")).isNull();
        assertThat(put.getValue("greeting")).isNull();

        HttpResponse<String> deleted = send("DELETE", "/agents/help", "");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.body()).isEmpty();
        assertThat(scene.get("/agents/" + id).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/agents/" + id, "").statusCode()).isEqualTo(404);
        assertThat(send("PATCH", "/agents/" + id, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void aTakenNumberIsAConflictThatDoesNotRepeatIt() throws Exception {
        String first = "{\"name\": \"first\", \"provider\": \"echo\", \"phone_number\": \"+14155550177\"}";
        assertThat(send("POST", "/agents", first).statusCode()).isEqualTo(201);

        HttpResponse<String> second = send("POST", "/agents", first.replace("first", "second"));

        assertProblem(second, 409, "phone_number");
        assertThat(second.body()).doesNotContain("0177");
        assertThat(scene.get("/agents/second").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        assertProblem(send("POST", "/agents", "{\"provider\": \"echo\"}"), 400, "name");
        assertProblem(send("POST", "/agents", "{\"name\": \"x\", \"provider\": \"../x\"}"), 400, "provider");
        for (String body : new String[] {"", "[]", "null", "{", "{} {}", "\"x\""}) {
            assertProblem(send("POST", "/agents", body), 400, "body");
        }
        assertProblem(scene.get("/agents?limit=0"), 400, "limit");
        assertThat(scene.request("POST", "/agents", "text/plain", "{}").statusCode())
                .isEqualTo(415);
    }

    @Test
    void pagesFollowEachOtherNewestFirst() throws Exception {
        for (String name : new String[] {"page-1", "page-2"}) {
            send("POST", "/agents", "{\"name\": \"%s\", \"provider\": \"echo\"}".formatted(name));
        }
        JsonObject first = json(scene.get("/agents?limit=1"));
        JsonObject second = json(scene.get("/agents?limit=1&cursor=" + first.getString("next_cursor")));

        assertThat(first.fieldNames()).containsExactly("agents", "next_cursor");
        assertThat(first.getJsonArray("agents").getJsonObject(0).getString("name"))
                .isEqualTo("page-2");
        assertThat(second.getJsonArray("agents").getJsonObject(0).getString("name"))
                .isEqualTo("page-1");
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        return scene.request(method, path, "application/json", body);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String field) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith(field);
    }
}
