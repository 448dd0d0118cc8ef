package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe recording-consent, on a gateway where it is on and calls are recorded on consent. */
class RecipeRecordingConsentFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void whoAgreesIsRecordedAndWhoDoesNotIsNot() throws Exception {
        List<JsonObject> reports = Demonstration.of("recording-consent", gateway);

        assertThat(reports).allSatisfy(report -> {
            assertThat(report.getJsonArray("violations")).isEmpty();
            assertThat(report.getJsonArray("said").encode()).contains("May we record this call?");
            assertThat(report.getJsonArray("verbs").getList()).contains("Connect");
        });
        String agreed = reports.get(0).getString("call_sid");
        assertThat(reports.get(0).getJsonArray("verbs").getList()).contains("Start");
        assertThat(gateway.eventTypes(agreed)).contains("caller-answered", "recording");
        assertThat(gateway.get("/calls/" + agreed + "/recording").body()).startsWith("RIFF");
        String refused = reports.get(1).getString("call_sid");
        assertThat(reports.get(1).getJsonArray("verbs").getList()).doesNotContain("Start");
        assertThat(gateway.eventTypes(refused)).contains("caller-answered").doesNotContain("recording");
        assertThat(gateway.get("/calls/" + refused + "/recording").statusCode()).isEqualTo(404);
    }
}
