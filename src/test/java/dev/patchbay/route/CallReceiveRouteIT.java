package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallStatus;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code call-receive}, behind the voice door as Twilio reaches it. */
class CallReceiveRouteIT {

    private static final String DOOR = "/twilio/incoming-call";

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(
                        dir,
                        "twilio-call-webhook",
                        "call-receive",
                        "call-answer",
                        "call-screen",
                        "customer-lookup",
                        "agent-select",
                        "agent-suggest",
                        "echo-call-answer",
                        "call-status",
                        "call-close",
                        "error-default",
                        "error-webhook")
                .withCalls()
                .with(agent("general"))
                .start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void aCallIsAnswered() throws Exception {
        String callSid = "CA00000000000000000000000000000001";

        HttpResponse<String> answer = scene.postSigned(DOOR, form(callSid, "ringing"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
        assertThat(answer.body())
                .contains("<Connect><Stream url=\"wss://voice.example.com/twilio/media-stream/")
                .contains("<Redirect>https://voice.example.com/webhooks/twilio/fallback</Redirect>");
        assertThat(scene.bean(CallStore.class).find(callSid)).hasValueSatisfying(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.IN_PROGRESS);
            assertThat(call.agentId()).isEqualTo("general");
            assertThat(call.from()).isEqualTo("+14155550123");
        });
    }

    @Test
    void aRepeatedWebhookKeepsTheRecordAndGetsANewToken() throws Exception {
        String callSid = "CA00000000000000000000000000000002";

        String first = scene.postSigned(DOOR, form(callSid, "ringing")).body();
        String id = scene.bean(CallStore.class).find(callSid).orElseThrow().id();
        String second = scene.postSigned(DOOR, form(callSid, "ringing")).body();

        assertThat(second).contains("<Stream").isNotEqualTo(first);
        assertThat(scene.bean(CallStore.class).find(callSid).orElseThrow().id()).isEqualTo(id);
    }

    @Test
    void aStatusEventIsNoCallToAnswer() throws Exception {
        String callSid = "CA00000000000000000000000000000003";
        scene.postSigned(DOOR, form(callSid, "ringing"));
        Map<String, String> event = form(callSid, "completed");
        event.put("CallDuration", "17");

        HttpResponse<String> answer = scene.postSigned(DOOR, event);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("<Response/>");
        assertThat(scene.bean(CallStore.class).find(callSid)).hasValueSatisfying(call -> {
            assertThat(call.status()).isEqualTo(CallStatus.COMPLETED);
            assertThat(call.duration()).isEqualTo(17);
        });
    }

    @Test
    void anEventOfACallThatGoesOnIsNoCallToAnswerEither() throws Exception {
        String callSid = "CA00000000000000000000000000000004";
        Map<String, String> event = form(callSid, "ringing");
        event.put("CallbackSource", "call-progress-events");

        assertThat(scene.postSigned(DOOR, event).body()).isEqualTo("<Response/>");
        assertThat(events(callSid)).doesNotContain("call-answered");
    }

    @Test
    void whatTwilioDidNotSignReachesNoRoute() throws Exception {
        String callSid = "CA00000000000000000000000000000005";

        HttpResponse<String> answer = scene.post(DOOR, form(callSid, "ringing"), "c2lnbmF0dXJl");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("Stream");
        assertThat(scene.bean(CallStore.class).find(callSid)).isEmpty();
    }

    @Test
    void aParameterOfTheUrlIsNoFieldOfTheForm() throws Exception {
        String callSid = "CA00000000000000000000000000000006";

        scene.postSigned(DOOR + "?From=%2B19995550000&CallStatus=completed", form(callSid, "ringing"));

        assertThat(scene.bean(CallStore.class).find(callSid)).hasValueSatisfying(call -> {
            assertThat(call.from()).isEqualTo("+14155550123");
            assertThat(call.status()).isEqualTo(CallStatus.IN_PROGRESS);
        });
    }

    private static Iterable<String> events(String callSid) {
        String id = scene.bean(CallStore.class).find(callSid).orElseThrow().id();
        return scene.bean(CallEventStore.class).list(id, null, 50).items().stream()
                .map(CallEvent::type)
                .toList();
    }

    private static Map<String, String> form(String callSid, String status) {
        return new HashMap<>(Map.of(
                "CallSid", callSid,
                "CallStatus", status,
                "Direction", "inbound",
                "From", "+14155550123",
                "To", "+15550000000"));
    }
}
