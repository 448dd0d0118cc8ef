package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe business-hours, on a gateway where it is on. */
class RecipeBusinessHoursFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void whoCallsWhileNobodyIsThereHearsSoAndCanLeaveAMessage() throws Exception {
        JsonObject report = Demonstration.of("business-hours", gateway).get(0);

        assertThat(report.getJsonArray("violations")).isEmpty();
        assertThat(report.getJsonArray("said").getString(0)).contains("Nobody is here at the moment");
        assertThat(report.getJsonArray("verbs").getList().subList(0, 4))
                .isEqualTo(List.of("Say", "Redirect", "Say", "Record"));
        assertThat(gateway.eventTypes(report.getString("call_sid"))).contains("office-closed");
    }
}
