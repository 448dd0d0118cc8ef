package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.agent.Conversation;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallReport.Ended;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code transfer} and {@code say}: what can be done to a caller who is talking, as caller and agents see it. */
class LiveCallFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void aCallerIsHandedToAnotherAgentWhoKnowsThem() throws Exception {
        gateway.agent("front-desk", "parrot.ulaw_8000.pcm_16000");
        gateway.agent("back-office", "parrot.pcm_24000.ulaw_8000");
        CompletableFuture<CallReport> caller = gateway.begin(gateway.requestTo("front-desk"));
        JsonObject call = gateway.talking("front-desk", "parrot.ulaw_8000.pcm_16000");

        HttpResponse<String> answer = order(call, "transfer", new JsonObject().put("to", "back-office"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getString("agent_id")).isEqualTo("back-office");
        CallReport report = caller.get(60, TimeUnit.SECONDS);
        assertThat(report.violations()).isEmpty();
        assertThat(report.verbs()).containsExactly("Connect", "Redirect", "Connect");
        assertThat(report.ended()).isEqualTo(Ended.CALLER);
        assertThat(gateway.conversation("parrot.ulaw_8000.pcm_16000").closed()).isTrue();
        Conversation second = gateway.conversation("parrot.pcm_24000.ulaw_8000");
        assertThat(second.init().getJsonObject("dynamic_variables").getMap())
                .containsEntry("name", "Ada Example")
                .doesNotContainKey("resumed");
        assertThat(second.audioChunks()).as("hears the caller").isPositive();
        assertThat(second.violations()).isEmpty();
        await().untilAsserted(() -> {
            JsonObject record = gateway.record(report.callSid());
            assertThat(record.getString("status")).isEqualTo("completed");
            assertThat(record.getString("ended_by")).isEqualTo("caller");
            assertThat(record.getString("agent_id")).isEqualTo("back-office");
            assertThat(record.getValue("error")).isNull();
            assertThat(record.getJsonObject("media").getLong("frames_in"))
                    .as("with both agents")
                    .isCloseTo(report.framesSent(), within(2L));
        });
        assertThat(gateway.eventTypes(report.callSid())).containsOnlyOnce("call-transferred");
    }

    @Test
    void aCallerIsHandedToAnAgentOfAnotherProvider() throws Exception {
        gateway.agent("first-line", "parrot.pcm_16000.ulaw_8000");
        CompletableFuture<CallReport> caller = gateway.begin(gateway.requestTo("first-line"));
        JsonObject call = gateway.talking("first-line", "parrot.pcm_16000.ulaw_8000");

        assertThat(order(call, "transfer", new JsonObject().put("to", "receptionist"))
                        .statusCode())
                .isEqualTo(200);

        CallReport report = caller.get(60, TimeUnit.SECONDS);
        assertThat(report.violations()).isEmpty();
        assertThat(report.verbs()).containsExactly("Connect", "Redirect", "Dial", "Hangup");
        assertThat(report.dialled()).singleElement().asString().startsWith("sip:call_");
        JsonObject record = gateway.record(report.callSid());
        assertThat(record.getString("provider")).isEqualTo("retell");
        assertThat(record.getString("status")).isEqualTo("completed");
        assertThat(gateway.get("/calls/" + report.callSid() + "/transcript").body())
                .contains("Hello Ada Example, how can I help?");
    }

    @Test
    void aCallerIsConnectedToAPhoneAndTheCallGoesOnWithoutUs() throws Exception {
        gateway.agent("switchboard", "parrot.pcm_8000.ulaw_8000");
        CompletableFuture<CallReport> caller = gateway.begin(gateway.requestTo("switchboard")
                .with(CallerBehaviour.DEFAULT
                        .dialTalkingFor(Duration.ofSeconds(4))
                        .hangingUpAfter(Duration.ofSeconds(30))));
        JsonObject call = gateway.talking("switchboard", "parrot.pcm_8000.ulaw_8000");

        assertThat(order(call, "transfer", new JsonObject().put("to", "+1 (415) 555-0180"))
                        .statusCode())
                .isEqualTo(200);

        await().until(() -> gateway.conversation("parrot.pcm_8000.ulaw_8000").closed());
        // This gateway gives a call of which nothing is heard up after a second.
        await().during(Duration.ofMillis(2500)).atMost(Duration.ofMillis(3500)).until(() -> status(call)
                .equals("in-progress"));
        CallReport report = caller.get(60, TimeUnit.SECONDS);
        assertThat(report.violations()).isEmpty();
        assertThat(report.dialled()).containsExactly("+14155550180");
        assertThat(report.verbs()).containsExactly("Connect", "Dial", "Hangup");
        await().untilAsserted(() -> assertThat(status(call)).isEqualTo("completed"));
        assertThat(gateway.record(report.callSid()).getValue("ended_by"))
                .as("whoever hung up, it was not the agent's caller")
                .isNull();
    }

    @Test
    void aCallerIsToldSomethingAndTheAgentGoesOn() throws Exception {
        gateway.agent("interrupted", "parrot.pcm_22050.ulaw_8000");
        CompletableFuture<CallReport> caller = gateway.begin(
                gateway.requestTo("interrupted").with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(6))));
        JsonObject call = gateway.talking("interrupted", "parrot.pcm_22050.ulaw_8000");
        Conversation first = gateway.conversation("parrot.pcm_22050.ulaw_8000");

        HttpResponse<String> answer = order(
                call,
                "say",
                new JsonObject()
                        .put("text", "Grüße & <one moment> please 👋")
                        .put("voice", "Polly.Amy")
                        .put("language", "en-GB"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        CallReport report = caller.get(60, TimeUnit.SECONDS);
        assertThat(report.violations()).isEmpty();
        assertThat(report.verbs()).containsExactly("Connect", "Say", "Redirect", "Connect");
        assertThat(report.said()).containsExactly("Grüße & <one moment> please 👋");
        assertThat(first.closed()).isTrue();
        assertThat(gateway.conversations("parrot.pcm_22050.ulaw_8000")).isEqualTo(2);
        Conversation second = gateway.conversation("parrot.pcm_22050.ulaw_8000");
        assertThat(second.init().getJsonObject("dynamic_variables").getMap())
                .containsEntry("name", "Ada Example")
                .containsEntry("resumed", true);
        assertThat(second.contextualUpdates()).singleElement().asString().contains("goes on");
        assertThat(second.audioChunks()).as("goes on hearing the caller").isPositive();
        await().untilAsserted(() -> {
            JsonObject record = gateway.record(report.callSid());
            assertThat(record.getString("status")).isEqualTo("completed");
            assertThat(record.getString("ended_by")).isEqualTo("caller");
            assertThat(record.getString("agent_id")).isEqualTo("interrupted");
        });
        assertThat(gateway.eventTypes(report.callSid())).containsOnlyOnce("call-said");
    }

    /** The call is live for us, but Twilio does not have it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer | {\"to\":\"receptionist\"}",
                "transfer | {\"to\":\"+14155550180\"}",
                "say | {\"text\":\"Hello\"}",
            })
    void whatTwilioRefusesHasNotHappened(String what, String body) throws Exception {
        String sid = "CA" + String.format("%032x", System.nanoTime());
        gateway.postSigned("/api/webhooks/twilio/echo", Map.of("CallSid", sid, "From", "anonymous", "To", "x"));

        HttpResponse<String> answer = order(gateway.record(sid), what, new JsonObject(body));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith("twilio answered 404: 20404");
        assertThat(gateway.record(sid).getString("agent_id")).isEqualTo("echo");
        assertThat(gateway.eventTypes(sid)).doesNotContain("call-transferred", "call-said");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer | {} | to is missing",
                "transfer | {\"to\":\"nobody\"} | to is not a phone number",
                "say | {} | text is missing",
                "say | {\"text\":\" \"} | text is missing",
            })
    void whatIsWrongIsNamed(String what, String body, String detail) throws Exception {
        String sid = "CA" + String.format("%032x", System.nanoTime());
        gateway.postSigned("/api/webhooks/twilio/echo", Map.of("CallSid", sid, "From", "anonymous", "To", "x"));

        HttpResponse<String> answer = order(gateway.record(sid), what, new JsonObject(body));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith(detail);
    }

    private HttpResponse<String> order(JsonObject call, String what, JsonObject body) throws Exception {
        return gateway.postJson("/calls/" + call.getString("id") + "/" + what, body.encode());
    }

    private String status(JsonObject call) throws Exception {
        return gateway.record(call.getString("id")).getString("status");
    }
}
