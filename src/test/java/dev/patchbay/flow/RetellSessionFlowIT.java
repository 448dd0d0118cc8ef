package dev.patchbay.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.session.Seeds;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seed 000: a session that Retell carries: it calls somebody, and its agent talks. */
class RetellSessionFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void somebodyIsCalledAndTheSessionGoesWhereTheCallGoes() throws Exception {
        HttpResponse<String> answer = post("/sessions", order("receptionist", RunningGateway.ADA));

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonObject session = new JsonObject(answer.body());
        String id = session.getString("session_id");
        String retellCallId = session.getString("call_id");
        assertThat(session.getString("provider")).isEqualTo("retell");
        assertThat(session.getString("status")).isEqualTo("queued");
        assertThat(session.getValue("call_sid")).isNull();
        assertThat(session.getValue("room_url")).isNull();
        assertThat(retellCallId).startsWith("call_");
        assertThat(delete(id).statusCode())
                .as("Retell's API has nothing that ends a call")
                .isEqualTo(501);
        assertThat(gateway.delete("/calls/" + id).statusCode())
                .as("nor does it look as if it had ended")
                .isEqualTo(501);
        assertThat(post("/calls/" + id + "/say", new JsonObject().put("text", "Hello"))
                        .statusCode())
                .isEqualTo(501);

        await().untilAsserted(() -> assertThat(session(id).getString("status")).isEqualTo("completed"));

        assertThat(session(retellCallId)).isEqualTo(session(id));
        assertThat(session(id).getString("ended_at")).isNotNull();
        JsonObject call = new JsonObject(gateway.get("/calls/" + id).body());
        assertThat(call.getString("direction")).isEqualTo("outbound");
        assertThat(call.getString("to")).isEqualTo(RunningGateway.ADA);
        assertThat(call.getString("from")).as("the agent's own number").isEqualTo("+61341517921");
        assertThat(call.getInteger("duration")).isEqualTo(12);
        assertThat(gateway.get("/calls/" + id + "/transcript").body()).contains("Hello Ada Example");
        assertThat(delete(id).statusCode()).as("ended already = done").isEqualTo(200);
    }

    @Test
    void aBusyPhoneIsABusySession() throws Exception {
        String id = new JsonObject(post("/sessions", order("receptionist", "+1 555 000 0999"))
                        .body())
                .getString("session_id");

        await().untilAsserted(() -> assertThat(session(id).getString("status")).isEqualTo("busy"));
        assertThat(gateway.get("/sessions?provider=retell&status=busy").body()).contains(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -            | +14155550123 | 400 | agent is missing
            parrot       | +14155550123 | 400 | agent is another provider's
            nobody       | +14155550123 | 400 | agent is unknown: nobody
            receptionist | Ada          | 400 | participant_config.name must be the phone number
            """)
    void aWrongOrderCallsNobodyAndNamesTheField(String agent, String to, int status, String detail) throws Exception {
        String before = gateway.get("/sessions?provider=retell&limit=1").body();

        HttpResponse<String> answer = post("/sessions", order(agent, to));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith(detail);
        assertThat(gateway.get("/sessions?provider=retell&limit=1").body()).isEqualTo(before);
    }

    @Test
    void anAgentThatRetellDoesNotKnowIsAProblem() throws Exception {
        gateway.agent(new dev.patchbay.agent.Agent(
                "lost",
                "lost",
                "retell",
                null,
                "unknown-agent",
                null,
                null,
                null,
                null,
                dev.patchbay.agent.AgentLimits.DEFAULT));

        HttpResponse<String> answer = post("/sessions", order("lost", RunningGateway.ADA));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(new JsonObject(answer.body()).getString("detail"))
                .isEqualTo(
                        "Failed to create phone call with Retell: retell answered 422: Agent unknown-agent not found");
    }

    @Test
    void aPipelineOfOthersIsServedByNobody() throws Exception {
        JsonObject order =
                new JsonObject(Seeds.WITH_CONFIG).put("provider", "retell").put("agent", "receptionist");

        assertThat(post("/sessions/with-config", order).statusCode()).isEqualTo(501);
    }

    private static JsonObject order(String agent, String to) {
        return new JsonObject(Seeds.TWILIO)
                .put("provider", "retell")
                .put("agent", agent)
                .put("participant_config", new JsonObject().put("name", to));
    }

    private JsonObject session(String id) throws Exception {
        return new JsonObject(gateway.get("/sessions/" + id).body());
    }

    private HttpResponse<String> delete(String id) throws Exception {
        return gateway.delete("/sessions/" + id);
    }

    private HttpResponse<String> post(String path, JsonObject body) throws Exception {
        return gateway.postJson(path, body.encode().getBytes(UTF_8));
    }
}
