package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.store.CustomerStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The recipe ivr-menu, on a gateway where it is on. */
class RecipeIvrMenuFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    /** They have answered before whether they may be recorded: one question less. */
    @BeforeEach
    void knowTheCallers() {
        for (String caller : List.of("+14155550192", "+14155550193", "+14155550194")) {
            gateway.bean(CustomerStore.class)
                    .save(Map.of("phone", caller, "name", "Caller", "recording_consent", false));
        }
    }

    @Test
    void aKeyOrAWordReachesTheAgentOfTheChoice() throws Exception {
        List<JsonObject> answers = Demonstration.of("ivr-menu", gateway);

        for (JsonObject report : answers.subList(0, 2)) {
            assertThat(report.getJsonArray("violations")).isEmpty();
            assertThat(report.getJsonArray("said").encode()).contains("For sales, press 1.");
            assertThat(gateway.eventTypes(report.getString("call_sid"))).contains("caller-answered", "call-answered");
        }
        JsonArray calls = answers.get(2).getJsonArray("calls");
        assertThat(calls.getJsonObject(0).getString("agent_id")).isEqualTo("parrot");
        assertThat(calls.getJsonObject(1).getString("agent_id")).isEqualTo("greeter");
    }

    @Test
    void whoSaysNothingSpeaksWithTheGeneralAgent() throws Exception {
        var report = gateway.call(
                gateway.request("+14155550194", "+15550000041"),
                CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(2)));

        assertThat(report.violations()).isEmpty();
        assertThat(report.said())
                .filteredOn(said -> said.startsWith("For sales"))
                .hasSize(2);
        assertThat(gateway.record(report.callSid()).getString("agent_id")).isEqualTo("general");
    }
}
