package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.Call;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code error-webhook}: what a caller hears when something behind a voice webhook fails. */
class ErrorWebhookRouteIT {

    private static final String DOOR = "/twilio/incoming-call";
    private static final String CALL_SID = "CA00000000000000000000000000000001";

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(dir, "twilio-call-webhook", "call-receive", "error-default", "error-webhook")
                .withCalls()
                .with(agent("general"))
                .failing("call-answer", "the pool is exhausted")
                .start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void theCallerHearsAnApologyAndTheRecordTheReason() throws Exception {
        HttpResponse<String> answer = scene.postSigned(DOOR, Map.of("CallSid", CALL_SID, "CallStatus", "ringing"));

        assertThat(answer.statusCode()).as("Twilio reads TwiML with 200 only").isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
        assertThat(answer.body()).contains("<Say>We are sorry", "<Hangup/>").doesNotContain("pool");
        Call call = scene.bean(CallStore.class).find(CALL_SID).orElseThrow();
        assertThat(call.error()).contains("the pool is exhausted");
        assertThat(scene.bean(CallEventStore.class).list(call.id(), null, 50).items())
                .anySatisfy(event -> {
                    assertThat(event.type()).isEqualTo("call-failed");
                    assertThat(event.data()).hasEntrySatisfying("reason", reason -> assertThat(reason)
                            .asString()
                            .contains("the pool is exhausted"));
                });
    }

    @Test
    void soDoesACallerWithoutACall() throws Exception {
        HttpResponse<String> answer = scene.postSigned(DOOR, Map.of("CallStatus", "ringing"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("<Say>We are sorry", "<Hangup/>").doesNotContain("CallSid");
    }
}
