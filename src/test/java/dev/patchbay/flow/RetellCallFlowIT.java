package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallReport.Ended;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Seed 004: a caller of a Twilio number talks to a Retell agent over SIP. */
@ExtendWith(OutputCaptureExtension.class)
class RetellCallFlowIT {

    /** The agent of the sandbox, by its id. */
    private static final String RECEPTIONIST = "507f1f77bcf86cd799439011";

    private static final String NUMBER = "+61341517921";

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void theCallIsRegisteredDialledAndWrittenDown(CapturedOutput log) throws Exception {
        CallReport report = gateway.call(gateway.requestTo(RECEPTIONIST));

        assertThat(report.violations()).isEmpty();
        assertThat(report.verbs()).containsExactly("Dial", "Hangup");
        String sip = report.dialled().get(0);
        assertThat(sip).matches("sip:call_[a-z0-9]+@sip\\.retellai\\.com");
        String retellCallId = sip.substring("sip:".length(), sip.indexOf('@'));

        JsonObject call = new JsonObject(gateway.get("/calls/" + retellCallId).body());
        assertThat(call.getString("call_sid")).isEqualTo(report.callSid());
        assertThat(call.getString("provider")).isEqualTo("retell");
        assertThat(call.getString("agent_id")).isEqualTo(RECEPTIONIST);
        assertThat(call.getString("status")).isEqualTo("completed");
        assertThat(call.getString("answered_at")).isNotNull();
        assertThat(call.getString("ended_by")).isEqualTo("caller");
        assertThat(call.getString("error")).isNull();
        assertThat(call.getString("disconnection_reason")).isEqualTo("user_hangup");
        assertThat(call.getJsonObject("analysis").getBoolean("call_successful")).isTrue();
        assertThat(transcript(report.callSid()))
                .containsExactly(
                        "agent: Hello Ada Example, how can I help?", "user: When do you open?", "agent: At nine.");
        assertThat(gateway.eventTypes(report.callSid()))
                .containsOnlyOnce(
                        "call-received",
                        "retell-call-registered",
                        "retell-call-started",
                        "retell-call-ended",
                        "retell-call-analyzed");

        assertThat(log)
                .contains("Received Twilio webhook for agent " + RECEPTIONIST)
                .contains("Processing Twilio webhook for agent " + RECEPTIONIST + ": Call from ***23 to ***99")
                .contains("Registered call with Retell. Call ID: " + retellCallId)
                .contains("Generating TwiML to connect to Retell SIP endpoint")
                .doesNotContain(RunningGateway.ADA);
    }

    @Test
    void theNumberThatWasCalledFindsTheAgentToo() throws Exception {
        CallReport report =
                gateway.call(gateway.request().to("/api/webhooks/twilio").with(Map.of("To", NUMBER, "Called", NUMBER)));

        assertThat(report.dialled()).singleElement().asString().startsWith("sip:call_");
        assertThat(gateway.record(report.callSid()).getString("agent_id")).isEqualTo(RECEPTIONIST);
    }

    @Test
    void anAgentOfTheOlderApplicationIsFoundByObjectIdNameAndNumber() throws Exception {
        ObjectId id = new ObjectId();
        gateway.bean(MongoDatabase.class)
                .getCollection("agents")
                .insertOne(new Document("_id", id)
                        .append("name", "Night desk")
                        .append("phoneNumber", "+61341517922")
                        .append("retellAgentId", "agent_night"));

        for (String door : new String[] {"/" + id.toHexString(), "/Night%20desk", ""}) {
            CallReport report = gateway.call(
                    gateway.request().to("/api/webhooks/twilio" + door).with(Map.of("To", "+61341517922")));

            assertThat(report.dialled()).as(door).hasSize(1);
            assertThat(gateway.record(report.callSid()).getString("agent_id")).isEqualTo(id.toHexString());
        }
    }

    @Test
    void aSipLegThatFailsIsRecoveredFrom() throws Exception {
        CallReport report =
                gateway.call(gateway.requestTo(RECEPTIONIST), CallerBehaviour.DEFAULT.dialEndingAs("failed"));

        assertThat(report.ended()).isEqualTo(Ended.HANGUP);
        assertThat(report.said()).singleElement().asString().contains("sorry");
    }

    @Test
    void anUnknownAgentIsSaidInLogEventAndRecord(CapturedOutput log) throws Exception {
        assertFailed(gateway.call(gateway.requestTo("507f1f77bcf86cd799439099")), "Agent not found", log);
    }

    @Test
    void anAgentWithoutRetellsIdIsSaidInLogEventAndRecord(CapturedOutput log) throws Exception {
        gateway.bean(MongoDatabase.class)
                .getCollection("agents")
                .insertOne(new Document("_id", new ObjectId("507f1f77bcf86cd7994390aa")).append("name", "Half made"));

        assertFailed(
                gateway.call(gateway.requestTo("507f1f77bcf86cd7994390aa")),
                "Agent does not have a Retell agent ID",
                log);
    }

    @Test
    void aRefusedRegistrationIsSaidInLogEventAndRecord(CapturedOutput log) throws Exception {
        gateway.agent(new Agent(
                "gone", "gone", "retell", null, "unknown-agent", null, null, null, null, AgentLimits.DEFAULT));

        assertFailed(
                gateway.call(gateway.requestTo("gone")),
                "Failed to register phone call with Retell: retell answered 422: Agent unknown-agent not found",
                log);
    }

    @Test
    void aRepeatedWebhookKeepsTheRegistration() throws Exception {
        CallReport first = gateway.call(
                gateway.requestTo(RECEPTIONIST).with(Map.of("CallSid", "CA00000000000000000000000000004001")),
                CallerBehaviour.DEFAULT.ignoringTwiml().hangingUpAfter(Duration.ofMillis(1)));
        CallReport second = gateway.call(
                gateway.requestTo(RECEPTIONIST).with(Map.of("CallSid", "CA00000000000000000000000000004001")));

        assertThat(first.violations()).isEmpty();
        assertThat(second.dialled()).hasSize(1);
        assertThat(gateway.eventTypes("CA00000000000000000000000000004001")).containsOnlyOnce("retell-call-registered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"call_started", "transcript_updated"})
    void anEventOfNobodysCallChangesNothingAndIsTaken(String event) throws Exception {
        JsonObject body =
                new JsonObject().put("event", event).put("call", new JsonObject().put("call_id", "call_nobodys"));

        assertThat(gateway.postSignedByRetell(body).statusCode()).isEqualTo(200);
    }

    @Test
    void eventsThatComeTwiceChangeNothing() throws Exception {
        CallReport report = gateway.call(gateway.requestTo(RECEPTIONIST));
        JsonObject before = gateway.record(report.callSid());
        JsonObject again = new JsonObject()
                .put("event", "call_ended")
                .put(
                        "call",
                        new JsonObject()
                                .put("call_id", before.getString("provider_call_id"))
                                .put("disconnection_reason", "user_hangup"));

        gateway.postSignedByRetell(again);

        assertThat(gateway.record(report.callSid())).isEqualTo(before);
        assertThat(gateway.eventTypes(report.callSid())).containsOnlyOnce("retell-call-ended");
        assertThat(transcript(report.callSid())).hasSize(3);
    }

    private void assertFailed(CallReport report, String text, CapturedOutput log) throws Exception {
        assertThat(report.violations()).isEmpty();
        assertThat(report.said()).singleElement().asString().startsWith("We are sorry");
        assertThat(gateway.record(report.callSid()).getString("error")).contains(text);
        await().untilAsserted(
                        () -> assertThat(gateway.eventTypes(report.callSid())).contains("call-failed"));
        assertThat(gateway.get("/calls/" + report.callSid() + "/events").body()).contains(text);
        assertThat(log).contains(text);
    }

    private Iterable<String> transcript(String callSid) throws Exception {
        JsonArray turns =
                new JsonObject(gateway.get("/calls/" + callSid + "/transcript").body()).getJsonArray("turns");
        return turns.stream()
                .map(JsonObject.class::cast)
                .map(turn -> turn.getString("role") + ": " + turn.getString("text"))
                .toList();
    }
}
