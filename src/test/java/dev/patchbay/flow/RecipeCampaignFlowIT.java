package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.store.DoNotCallStore;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The recipe campaign: of two phones of the sandbox one is busy, the other talks to the agent. */
class RecipeCampaignFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @AfterEach
    void emptyTheList() {
        gateway.bean(DoNotCallStore.class).remove("+15005551005");
    }

    @Test
    void aFileIsCalledAndTheCampaignTellsHowFarItIs() throws Exception {
        List<JsonObject> answers = Demonstration.of("campaign", gateway);

        String id = answers.get(0).getString("id");
        assertThat(answers.get(0).getInteger("calls")).isEqualTo(2);
        assertThat(answers.get(1).getBoolean("do_not_call")).isTrue();
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            JsonObject calls =
                    new JsonObject(gateway.get("/recipe/campaign/" + id).body()).getJsonObject("calls");
            assertThat(calls.getInteger("reached")).as(calls.encode()).isEqualTo(1);
            assertThat(calls.getInteger("waiting"))
                    .as("busy, and tried again in an hour")
                    .isEqualTo(1);
        });
        assertThat(gateway.delete("/recipe/campaign/" + id).body()).contains("stopped");
        JsonObject talked = new JsonObject(gateway.get("/calls?limit=50").body())
                .getJsonArray("calls").stream()
                        .map(JsonObject.class::cast)
                        .filter(call ->
                                "+15005551004".equals(call.getString("to")) && call.getString("agent_id") != null)
                        .findFirst()
                        .orElseThrow();
        assertThat(talked.getString("agent_id")).isEqualTo("parrot");
        assertThat(talked.getJsonObject("media").getInteger("frames_in")).isPositive();
    }

    @Test
    void whoWritesStopIsCalledByNoCampaign() throws Exception {
        gateway.text("+14155550163", "Stop");

        assertThat(gateway.bean(DoNotCallStore.class).has("+14155550163")).isTrue();
    }
}
