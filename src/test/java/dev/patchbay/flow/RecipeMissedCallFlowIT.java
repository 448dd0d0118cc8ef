package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.sandbox.caller.CallReport;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe missed-call, on a gateway where it is on. */
class RecipeMissedCallFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void whoReachesNobodyGetsAMessageOnceADay() throws Exception {
        List<JsonObject> answers = Demonstration.of("missed-call", gateway);

        assertThat(answers.get(0).getJsonArray("violations")).isEmpty();
        assertThat(answers.get(0).getJsonArray("dialled").getList()).containsExactly("+15005551002");
        JsonObject message = answers.get(1).getJsonArray("messages").getJsonObject(0);
        assertThat(message.getString("to")).isEqualTo("+14155550198");
        assertThat(message.getString("from")).isEqualTo("+15550000000");
        assertThat(message.getString("body")).startsWith("Sorry that we missed your call.");
        assertThat(gateway.eventTypes(answers.get(0).getString("call_sid"))).contains("missed-call-answered");

        List<JsonObject> again = Demonstration.of("missed-call", gateway);
        assertThat(again.get(1).getJsonArray("messages").getJsonObject(0).getString("sid"))
                .as("no further message")
                .isEqualTo(message.getString("sid"));
    }

    @Test
    void whoSpeaksWithAHumanHasMissedNobody() throws Exception {
        gateway.agent(new Agent(
                "clerk", "clerk", "twilio", "+15005550006", null, null, null, null, null, AgentLimits.DEFAULT));

        CallReport report =
                gateway.call(gateway.request("+14155550188", "+15550000000").to("/api/webhooks/twilio/clerk"));

        assertThat(report.dialled()).containsExactly("+15005550006");
        assertThat(gateway.record(report.callSid()).getString("answered_at")).isNotNull();
        assertThat(gateway.eventTypes(report.callSid())).doesNotContain("missed-call-answered");
    }
}
