package dev.patchbay.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.session.Seeds;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Seed 000: sessions that are phone calls by Twilio. */
class PhoneSessionFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void theSeedsCallIsPlacedTalkedInAndHungUp() throws Exception {
        HttpResponse<String> answer = post("/sessions", Seeds.TWILIO);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonObject session = new JsonObject(answer.body());
        String id = session.getString("session_id");
        assertThat(session.getString("provider")).isEqualTo("twilio");
        assertThat(session.getString("call_sid")).startsWith("CA");
        assertThat(session.getString("call_id")).isEqualTo(id);
        assertThat(session.getValue("room_url")).isNull();
        await().untilAsserted(() -> assertThat(session(id).getString("status")).isEqualTo("in-progress"));
        JsonObject call = gateway.record(session.getString("call_sid"));
        assertThat(call.getString("id")).isEqualTo(id);
        assertThat(call.getString("direction")).isEqualTo("outbound");
        assertThat(call.getString("to")).isEqualTo("+1234567890");
        assertThat(call.getString("agent_id")).isEqualTo("general");

        assertThat(gateway.delete("/sessions/" + id).statusCode()).isEqualTo(200);

        await().untilAsserted(() -> assertThat(session(id).getString("status")).isEqualTo("completed"));
        assertThat(gateway.delete("/sessions/" + session.getString("call_sid")).statusCode())
                .as("ended already = done")
                .isEqualTo(200);
    }

    @Test
    void anAgentOfElevenLabsIsToldWhatToBe() throws Exception {
        gateway.agent("prompted", "parrot.pcm_22050");
        JsonObject order = new JsonObject(Seeds.TWILIO)
                .put("provider", "elevenlabs")
                .put("agent", "prompted")
                .put("config", new JsonObject().put("system_prompt", "Be kind."));

        JsonObject session =
                new JsonObject(post("/sessions/with-config", order.encode()).body());

        await().untilAsserted(() ->
                assertThat(gateway.conversations("parrot.pcm_22050")).isPositive());
        await().untilAsserted(() -> assertThat(gateway.conversation("parrot.pcm_22050")
                        .init()
                        .getJsonObject("conversation_config_override")
                        .getJsonObject("agent")
                        .getJsonObject("prompt"))
                .isEqualTo(new JsonObject().put("prompt", "Be kind.")));
        gateway.delete("/sessions/" + session.getString("session_id"));
    }

    @Test
    void aRetellAgentTakesACallThatTwilioPlaces() throws Exception {
        JsonObject order = new JsonObject(Seeds.TWILIO).put("agent", "receptionist");

        JsonObject session = new JsonObject(post("/sessions", order.encode()).body());

        await().untilAsserted(() -> assertThat(
                        session(session.getString("session_id")).getString("status"))
                .isEqualTo("completed"));
        JsonObject call = gateway.record(session.getString("call_sid"));
        assertThat(call.getString("provider")).isEqualTo("retell");
        assertThat(call.getString("disconnection_reason")).isEqualTo("user_hangup");
    }

    @Test
    void theSeedsPipelineIsServedByNobodyYetAndCallsNobody() throws Exception {
        String before = gateway.get("/calls?limit=1").body();
        String sessions = gateway.get("/sessions?limit=1").body();

        HttpResponse<String> answer = post("/sessions/with-config", Seeds.WITH_CONFIG);

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(new JsonObject(answer.body()).getString("detail")).contains("stt", "openai");
        assertThat(gateway.get("/calls?limit=1").body()).isEqualTo(before);
        assertThat(gateway.get("/sessions?limit=1").body()).isEqualTo(sessions);
    }

    @Test
    void whomToCallMustBeANumber() throws Exception {
        JsonObject order = new JsonObject(Seeds.TWILIO).put("participant_config", new JsonObject().put("name", "user"));

        HttpResponse<String> answer = post("/sessions", order.encode());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith("participant_config.name");
    }

    private JsonObject session(String id) throws Exception {
        return new JsonObject(gateway.get("/sessions/" + id).body());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return gateway.postJson(path, body.getBytes(UTF_8));
    }
}
