package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe number-table, on a gateway where it is on. */
class RecipeNumberTableFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void theAgentOfTheTableTakesTheCall() throws Exception {
        List<JsonObject> answers = Demonstration.of("number-table", gateway);

        assertThat(answers.get(0).getJsonArray("violations")).isEmpty();
        JsonObject call = answers.get(1).getJsonArray("calls").getJsonObject(0);
        assertThat(call.getString("call_sid")).isEqualTo(answers.get(0).getString("call_sid"));
        assertThat(call.getString("agent_id")).isEqualTo("parrot");
    }
}
