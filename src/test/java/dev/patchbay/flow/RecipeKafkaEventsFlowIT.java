package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.recipe.FakeKafka.Sent;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe kafka-events, on a gateway where it is on: Kafka's own client, and a broker behind a socket. */
class RecipeKafkaEventsFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void whatHappensInACallIsInTheTopicInItsOrder() throws Exception {
        JsonObject report = Demonstration.of("kafka-events", gateway).get(0);
        String id = gateway.record(report.getString("call_sid")).getString("id");

        await().atMost(Duration.ofSeconds(20)).until(() -> types(id).contains("call-completed"));
        List<String> events = gateway.eventTypes(id);
        assertThat(events).contains("call-received", "call-answered", "agent-connected", "media-ended");
        await().untilAsserted(() -> assertThat(types(id))
                .filteredOn(type -> !type.equals("call-completed"))
                .startsWith("call-received")
                .containsExactlyInAnyOrderElementsOf(gateway.eventTypes(id)));
        assertThat(types(id)).containsOnlyOnce("call-completed");
        assertThat(sent(id)).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("patchbay-call-events");
            assertThat(record.value()).doesNotContain("4155550172");
        });
    }

    private static List<String> types(String callId) {
        return sent(callId).stream()
                .map(record -> new JsonObject(record.value()).getString("type"))
                .toList();
    }

    private static List<Sent> sent(String callId) {
        return RunningGateway.KAFKA.sent().stream()
                .filter(record -> record.key().equals(callId))
                .toList();
    }
}
