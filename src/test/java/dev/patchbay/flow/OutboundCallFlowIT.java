package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /calls} and what can be done to a call that goes on: somebody is rung, picks up and talks to an agent. */
class OutboundCallFlowIT {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.shared();
        gateway.agent("outbound", "parrot.pcm_16000");
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    private static JsonObject place(String to, String more) throws Exception {
        HttpResponse<String> answer =
                gateway.postJson("/calls", "{\"to\":\"" + to + "\",\"agent\":\"outbound\"" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    private static void awaitStatus(JsonObject call, String status) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        gateway.record(call.getString("id")).getString("status"))
                .isEqualTo(status));
    }

    @Test
    void whoIsCalledTalksToTheAgent() throws Exception {
        JsonObject call = place("+14155550177", ",\"context\":{\"order\":\"A-17\"},\"record\":true");

        assertThat(call.getString("direction")).isEqualTo("outbound");
        assertThat(call.getString("call_sid")).matches("CA[0-9a-f]{32}");
        assertThat(call.getString("to")).isEqualTo("+14155550177");
        assertThat(call.getString("agent_id")).isEqualTo("outbound");
        awaitStatus(call, "completed");
        JsonObject record = gateway.record(call.getString("id"));
        assertThat(record.getString("provider")).isEqualTo("elevenlabs");
        assertThat(record.getString("answered_at")).isNotNull();
        // Twilio's event may complete the record before the media leg has written its figures.
        await().untilAsserted(() -> {
            JsonObject media = gateway.record(call.getString("id")).getJsonObject("media");
            assertThat(media.getInteger("frames_in")).isPositive();
            assertThat(media.getInteger("frames_out")).isPositive();
        });
        assertThat(gateway.conversation("parrot.pcm_16000")
                        .init()
                        .getJsonObject("dynamic_variables")
                        .getMap())
                .containsEntry("order", "A-17");
        theRecordingCanBeHeardInPartsAndDeleted(call.getString("id"));
    }

    private static void theRecordingCanBeHeardInPartsAndDeleted(String id) throws Exception {
        String path = "/calls/" + id + "/recording";
        await().untilAsserted(() -> assertThat(gateway.get(path).statusCode()).isEqualTo(200));

        HttpResponse<String> part = gateway.get(path, "Range", "bytes=0-3");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("RIFF");
        assertThat(part.headers().firstValue("Content-Range"))
                .hasValueSatisfying(range -> assertThat(range).startsWith("bytes 0-3/"));
        assertThat(gateway.get(path).headers().firstValue("Content-Type")).hasValue("audio/x-wav");
        assertThat(gateway.eventTypes(id)).contains("recording");
        assertThat(gateway.send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(gateway.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsKnownOfACustomerIsToldTheAgentWithWhatCameWithTheOrder() throws Exception {
        gateway.agent("caller-of-ada", "parrot.ulaw_8000.pcm_24000");

        JsonObject call = json(gateway.postJson(
                "/calls",
                "{\"to\":\"" + RunningGateway.ADA + "\",\"from\":\"+1 (555) 000-0000\",\"agent\":\"caller-of-ada\","
                        + "\"context\":{\"order\":\"A-18\",\"name\":\"Countess Ada\",\"paid\":true}}"));

        assertThat(call.getString("from")).isEqualTo("+15550000000");
        await().until(() -> gateway.conversations("parrot.ulaw_8000.pcm_24000") > 0);
        assertThat(gateway.conversation("parrot.ulaw_8000.pcm_24000")
                        .init()
                        .getJsonObject("dynamic_variables")
                        .getMap())
                .containsEntry("customer_id", "C-1001")
                .containsEntry("name", "Countess Ada")
                .containsEntry("order", "A-18")
                .containsEntry("paid", true);
        gateway.delete("/calls/" + call.getString("id"));
    }

    @Test
    void whoIsCalledTalksToAnAgentOfRetell() throws Exception {
        JsonObject call = json(gateway.postJson("/calls", "{\"to\":\"+14155550181\",\"agent\":\"receptionist\"}"));

        awaitStatus(call, "completed");
        assertThat(gateway.record(call.getString("id")).getString("provider")).isEqualTo("retell");
        JsonObject report = gateway.report(call.getString("call_sid"));
        assertThat(report.getJsonArray("violations")).isEmpty();
        assertThat(report.getJsonArray("dialled").getString(0)).startsWith("sip:call_");
    }

    @Test
    void whoIsCalledTalksToAHuman() throws Exception {
        gateway.agent(new Agent(
                "colleague", "colleague", "twilio", "+14155550182", null, null, null, null, null, AgentLimits.DEFAULT));

        JsonObject call = json(gateway.postJson("/calls", "{\"to\":\"+14155550183\",\"agent\":\"colleague\"}"));

        awaitStatus(call, "completed");
        JsonObject report = gateway.report(call.getString("call_sid"));
        assertThat(report.getJsonArray("violations")).isEmpty();
        assertThat(report.getJsonArray("dialled")).containsExactly("+14155550182");
    }

    @Test
    void hangingUpEndsACallOnce() throws Exception {
        JsonObject call = place("+14155550178", "");
        awaitStatus(call, "in-progress");

        assertThat(gateway.send("DELETE", "/calls/" + call.getString("id"), "").statusCode())
                .isEqualTo(200);
        awaitStatus(call, "completed");
        assertThat(gateway.record(call.getString("id")).getString("ended_by")).isEqualTo("gateway");
        assertThat(gateway.send("DELETE", "/calls/" + call.getString("id"), "").statusCode())
                .isEqualTo(200);
        assertThat(gateway.postJson("/calls/" + call.getString("id") + "/say", "{\"text\":\"x\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void aMachineIsNoticed() throws Exception {
        JsonObject call = place("+15005551003", ",\"machine_detection\":true");

        await().untilAsserted(() ->
                assertThat(gateway.eventTypes(call.getString("id"))).contains("answered-by"));
        gateway.send("DELETE", "/calls/" + call.getString("id"), "");
        awaitStatus(call, "completed");
    }

    @Test
    void aCallIsInterruptedAndHandedOn() throws Exception {
        JsonObject call = place("+14155550179", "");
        String id = call.getString("id");
        awaitStatus(call, "in-progress");
        long before = gateway.conversations("parrot.pcm_16000");

        assertThat(gateway.postJson("/calls/" + id + "/say", "{\"text\":\"One moment please.\"}")
                        .statusCode())
                .isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(gateway.conversations("parrot.pcm_16000")).isGreaterThan(before));
        assertThat(gateway.postJson("/calls/" + id + "/transfer", "{\"to\":\"+14155550180\"}")
                        .statusCode())
                .isEqualTo(200);
        awaitStatus(call, "completed");
        assertThat(gateway.eventTypes(id)).contains("call-said", "call-transferred");
        JsonObject report = gateway.report(call.getString("call_sid"));
        assertThat(report.getJsonArray("said")).containsExactly("One moment please.");
        assertThat(report.getJsonArray("dialled")).containsExactly("+14155550180");
        assertThat(report.getJsonArray("violations")).isEmpty();
    }

    @Test
    void aCallThatIsTransferredIsTheOtherAgentsWhenItHasIt() throws Exception {
        gateway.agent("transferee", "parrot.pcm_24000");
        JsonObject call = place("+14155550181", "");
        String id = call.getString("id");
        awaitStatus(call, "in-progress");

        assertThat(gateway.postJson("/calls/" + id + "/transfer", "{\"to\":\"transferee\"}")
                        .statusCode())
                .isEqualTo(200);

        await().untilAsserted(() -> {
            assertThat(gateway.record(id).getString("agent_id")).isEqualTo("transferee");
            assertThat(gateway.conversations("parrot.pcm_24000")).isPositive();
        });
        assertThat(gateway.eventTypes(id)).contains("call-transferred");
        gateway.send("DELETE", "/calls/" + id, "");
        awaitStatus(call, "completed");
    }

    @Test
    void whoDoesNotAnswerIsTold() throws Exception {
        awaitStatus(place("+15005551002", ""), "no-answer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"agent\":\"outbound\"} | to is missing",
                "{\"to\":\"+14155550177\"} | agent is missing",
                "{\"to\":\"+14155550177\",\"agent\":\"nobody\"} | agent is not known: nobody",
                "{\"to\":\"+14155550177\",\"agent\":\"outbound\",\"context\":[]} | context must be an object",
                "{\"to\":\"+14155550177\",\"agent\":\"outbound\",\"time_limit\":0} | time_limit must be 1 or more",
                "{\"to\":\"+14155550177\",\"agent\":\"outbound\",\"record\":\"yes\"} | record must be true or",
            })
    void whatIsWrongIsNamed(String body, String detail) throws Exception {
        HttpResponse<String> answer = gateway.postJson("/calls", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).getString("detail")).startsWith(detail);
    }
}
