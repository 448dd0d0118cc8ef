package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallReport.Ended;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The recipe call-queue, on a gateway where it is on: a caller waits until an attendant calls the same number. */
class RecipeCallQueueFlowIT {

    private static final String LINE = "+15550000051";
    private static final String CALLER = "+14155550162";
    private static final String ATTENDANT = "+15550000091";

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void whoWaitsHearsThatTheyAreNext() throws Exception {
        JsonObject report = Demonstration.of("call-queue", gateway).get(0);

        assertThat(report.getJsonArray("violations")).isEmpty();
        assertThat(report.getJsonArray("said").getString(1)).isEqualTo("You are next.");
        assertThat(report.getJsonArray("verbs").getList()).startsWith("Say", "Enqueue", "Say", "Play", "Say");
        assertThat(report.getString("ended")).isEqualTo("caller");
        assertThat(gateway.record(report.getString("call_sid")).getString("answered_at"))
                .isNull();
    }

    @Test
    void anAttendantTakesWhoeverHasWaitedForLongest() throws Exception {
        CompletableFuture<CallReport> waiting = gateway.begin(call(CALLER));
        await().until(() -> waits(CALLER));

        CallReport attendant = gateway.call(call(ATTENDANT));
        CallReport caller = waiting.get(30, TimeUnit.SECONDS);

        assertThat(attendant.violations()).isEmpty();
        assertThat(attendant.verbs()).startsWith("Dial");
        assertThat(caller.violations()).isEmpty();
        assertThat(caller.said())
                .startsWith("Thank you for calling. Somebody will be with you shortly.", "You are next.")
                .endsWith("You are being connected.");
        assertThat(caller.ended()).isEqualTo(Ended.HANGUP);
        assertThat(gateway.eventTypes(caller.callSid()))
                .containsSubsequence("queue-entered", "queue-attended")
                .doesNotContain("queue-left", "missed-call-answered");
        assertThat(gateway.eventTypes(attendant.callSid())).doesNotContain("missed-call-answered");
    }

    private CallRequest call(String from) {
        return gateway.request(from, LINE).with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(30)));
    }

    private boolean waits(String caller) throws Exception {
        for (Object each : new JsonObject(gateway.get("/calls?limit=20").body()).getJsonArray("calls")) {
            JsonObject call = (JsonObject) each;
            if (caller.equals(call.getString("from"))) {
                return gateway.eventTypes(call.getString("call_sid")).contains("queue-entered");
            }
        }
        return false;
    }
}
