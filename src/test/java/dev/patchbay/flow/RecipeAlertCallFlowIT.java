package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.store.AlertStore;
import dev.patchbay.store.AlertStore.State;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The recipe alert-call, on a gateway where it is on: a system breaks, and the third person on the list takes the alert. */
class RecipeAlertCallFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @AfterEach
    void mend() {
        RunningGateway.WATCHED.answers(asked -> Told.json(200, "{}"));
        await().atMost(Duration.ofSeconds(20)).until(() -> state() == State.QUIET);
    }

    private State state() {
        return gateway.bean(AlertStore.class).find("alert-call").state();
    }

    @Test
    void peopleAreCalledUntilSomebodyPressesOne() throws Exception {
        RunningGateway.WATCHED.answers(asked -> Told.json(503, "{}"));

        await().atMost(Duration.ofSeconds(20)).until(() -> state() == State.TAKEN);
        List<JsonObject> calls = Demonstration.of("alert-call", gateway).get(0).getJsonArray("calls").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(calls)
                .extracting(call -> call.getString("to"))
                .containsExactly("+15005551004", "+15005551003", "+15005551002");
        assertThat(calls.get(2).getString("status")).isEqualTo("no-answer");
        JsonObject machine = gateway.report(calls.get(1).getString("call_sid"));
        assertThat(machine.getJsonArray("violations")).isEmpty();
        JsonObject taker = gateway.report(calls.get(0).getString("call_sid"));
        assertThat(taker.getJsonArray("violations")).isEmpty();
        assertThat(taker.getJsonArray("said").encode())
                .contains("The system status check failed.", "The alert is yours, and nobody else is called.");
        assertThat(gateway.eventTypes(calls.get(0).getString("id"))).contains("alert-taken");
        assertThat(gateway.eventTypes(calls.get(1).getString("id"))).doesNotContain("alert-taken");
    }
}
