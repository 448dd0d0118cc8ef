package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages and menu choices that come in over signed webhooks, and events of messages. */
class InboundMessageFlowIT {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.shared();
    }

    private static String sid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    private static HttpResponse<String> incoming(String sid, String body) throws Exception {
        return gateway.postSigned(
                "/twilio/sms/incoming",
                Map.of(
                        "MessageSid",
                        sid,
                        "From",
                        RunningGateway.ADA,
                        "To",
                        "+15550000000",
                        "Body",
                        body,
                        "NumMedia",
                        "0"));
    }

    private static JsonObject stored(String sid) throws Exception {
        return new JsonObject(gateway.get("/messages?limit=200").body())
                .getJsonArray("messages").stream()
                        .map(JsonObject.class::cast)
                        .filter(message -> sid.equals(message.getString("sid")))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("not stored: " + sid));
    }

    @Test
    void aMessageIsKeptAndNotAnsweredUnlessWeSaySo() throws Exception {
        String sid = sid("SM");
        String longest = "👋".repeat(800);

        HttpResponse<String> answer = incoming(sid, longest);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
        assertThat(answer.body()).contains("<Response/>");
        JsonObject message = stored(sid);
        assertThat(message.getString("direction")).isEqualTo("inbound");
        assertThat(message.getString("status")).isEqualTo("received");
        assertThat(message.getString("from")).isEqualTo(RunningGateway.ADA);
        assertThat(message.getString("body")).isEqualTo(longest);
    }

    @Test
    void whoeverIsNotTwilioIsRefused() throws Exception {
        assertThat(gateway.postForm("/twilio/sms/incoming", "MessageSid=SM1&Body=x")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void eventsOfAMessageOnlyGoForward() throws Exception {
        String sid = new JsonObject(
                        gateway.postJson("/twilio/sms/send", "{\"to\":\"+12025551234\",\"message\":\"forward only\"}")
                                .body())
                .getString("sid");
        await().untilAsserted(() -> assertThat(stored(sid).getString("status")).isEqualTo("delivered"));

        for (String status : new String[] {"sent", "queued", "failed", "delivered"}) {
            Map<String, String> event = new HashMap<>(Map.of("MessageSid", sid, "MessageStatus", status));
            assertThat(gateway.postSigned("/webhooks/twilio", event).statusCode())
                    .isEqualTo(200);
        }

        assertThat(stored(sid).getString("status")).isEqualTo("delivered");
    }

    @ParameterizedTest
    @CsvSource({
        "Digits, 1, <Connect>",
        "SpeechResult, I want an agent please, <Connect>",
        "Digits, 2, <Record",
        "SpeechResult, Leave a message, <Record",
        "Digits, 9, Sorry",
    })
    void aMenuGoesByWhatWasPressedOrSaid(String field, String value, String answered) throws Exception {
        HttpResponse<String> answer = gateway.postSigned(
                "/twilio/handle-input",
                Map.of(
                        "CallSid",
                        sid("CA"),
                        "CallStatus",
                        "in-progress",
                        "From",
                        "+14155550199",
                        "To",
                        "+15550000000",
                        field,
                        value));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(answered);
    }

    @Test
    void eventsOfStreamsAndErrorsAreNotedOnce() throws Exception {
        String callSid = sid("CA");
        gateway.postSigned(
                "/webhooks/twilio",
                Map.of("CallSid", callSid, "CallStatus", "ringing", "From", "+14155550199", "To", "+15550000000"));
        Map<String, String> stream =
                Map.of("CallSid", callSid, "StreamSid", "MZ1", "StreamEvent", "stream-error", "StreamError", "31901");
        Map<String, String> error = Map.of(
                "Sid", "NO1",
                "Level", "ERROR",
                "PayloadType", "application/json",
                "Payload", "{\"resource_sid\":\"" + callSid + "\",\"error_code\":\"11200\"}");

        for (Map<String, String> event : java.util.List.of(stream, stream, error, error)) {
            assertThat(gateway.postSigned("/webhooks/twilio", event).statusCode())
                    .isEqualTo(200);
        }

        assertThat(gateway.eventTypes(callSid)).containsExactly("call-received", "stream-error", "twilio-error");
    }
}
