package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallReport.Ended;
import dev.patchbay.store.CustomerStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The recipe transfer, on a gateway where it is on: of the people, the first does not answer and the second presses 1. */
class RecipeTransferFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void whoPressesZeroIsConnectedToWhoeverPressesOne() throws Exception {
        JsonObject report = Demonstration.of("transfer", gateway).get(0);

        assertThat(report.getJsonArray("violations")).isEmpty();
        assertThat(report.getJsonArray("dialled")).isEqualTo(JsonArray.of("+15005551002", "+15005551004"));
        assertThat(report.getJsonArray("whispered").getString(0))
                .isEqualTo("A call for you, from Ada Example. Press 1 to take it.");
        assertThat(report.getJsonArray("said").encode()).doesNotContain("A call for you");
        assertThat(report.getString("ended")).isEqualTo("hangup");
        String callSid = report.getString("call_sid");
        assertThat(gateway.eventTypes(callSid))
                .containsSubsequence(
                        "call-answered",
                        "dtmf",
                        "transfer-wanted",
                        "transfer-offered",
                        "transfer-offered",
                        "transfer-accepted",
                        "transfer-connected");
        assertThat(gateway.record(callSid).getString("status")).isEqualTo("completed");
    }

    @Test
    void anAgentsToolDoesTheSameAndSaysWhy() throws Exception {
        gateway.agent("sends-on", "flaky-tool.pcm_24000");
        gateway.bean(CustomerStore.class)
                .save(Map.of(
                        "phone",
                        "+14155550161",
                        "name",
                        "Tess & Sons",
                        "recording_consent",
                        false,
                        "tool",
                        "transfer",
                        "reason",
                        "a broken lamp"));

        CallReport report = gateway.call(gateway.requestTo("sends-on").with(Map.of("From", "+14155550161")));

        assertThat(report.violations()).isEmpty();
        assertThat(report.whispered())
                .startsWith("A call for you, from Tess & Sons, about: a broken lamp. Press 1 to take it.");
        assertThat(report.ended()).isEqualTo(Ended.HANGUP);
        assertThat(gateway.eventTypes(report.callSid())).contains("transfer-connected");
    }
}
