package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe conference: two of the sandbox's phones press 1 and meet, the third is busy. */
class RecipeConferenceFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void whoPressesOneMeetsTheOthers() throws Exception {
        JsonObject answer = Demonstration.of("conference", gateway).get(0);

        List<String> calls = answer.getJsonArray("participants").stream()
                .map(participant -> ((JsonObject) participant).getString("call_id"))
                .toList();
        assertThat(calls).hasSize(3).doesNotContainNull();
        for (String call : calls.subList(0, 2)) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(gateway.eventTypes(call))
                    .contains("conference-join", "conference-leave"));
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(gateway.record(calls.get(0)).getString("status"))
                        .isEqualTo("completed"));
        assertThat(gateway.record(calls.get(2)).getString("status")).isEqualTo("busy");
        assertThat(gateway.eventTypes(calls.get(2))).doesNotContain("conference-join");
    }
}
