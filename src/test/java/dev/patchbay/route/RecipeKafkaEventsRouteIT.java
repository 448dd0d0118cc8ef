package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallStatus;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.store.CallEnd;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recipe-kafka-events}: Camel's real endpoint, in front of Kafka's own stand-in for a broker. */
class RecipeKafkaEventsRouteIT {

    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"b+&c\";";

    private final MockKafka kafka = new MockKafka();
    private RouteScene scene;

    @BeforeEach
    void start(@TempDir Path dir) {
        scene = scene(dir).recipe("kafka-events").start();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    private RouteScene scene(Path dir) {
        return new RouteScene(dir, "recipe-kafka-events", "recipe-kafka-events-send", "error-default")
                .setting("patchbay.recipe.kafka-events.brokers", "kafka-1:9092,kafka-2:9092")
                .setting("patchbay.recipe.kafka-events.security-protocol", "SASL_SSL")
                .setting("patchbay.recipe.kafka-events.sasl-jaas-config", LOGIN)
                .setting("patchbay.recipe.kafka-events.pause", "20")
                .with("mockKafka", kafka)
                .with(agent("general"))
                .withSources()
                .withCalls()
                .played("call-dtmf", exchange -> {});
    }

    private CallEvent happens(String call, String type) {
        return scene.bean(CallEventStore.class).append(call, type, Map.of("why", "\"${body}\""));
    }

    private List<JsonObject> sent() {
        return kafka.sent().stream()
                .map(record -> new JsonObject(record.value().toString()))
                .toList();
    }

    private void awaitTypes(String... types) {
        await().untilAsserted(() ->
                assertThat(sent()).extracting(event -> event.getString("type")).containsExactly(types));
    }

    @Test
    void everyEventIsARecordWithTheCallAsItsKey() {
        String call = scene.bean(TwilioCalls.class)
                .received(Map.of("CallSid", "CA1", "From", "+14155550123", "To", "+15550000001"))
                .id();
        CallEvent event = happens(call, "agent-lost");
        scene.bean(CallStore.class).complete(call, new CallEnd(CallStatus.COMPLETED, Instant.now(), 3, "caller", null));

        awaitTypes("call-received", "agent-lost", "call-completed");
        assertThat(kafka.sent()).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("patchbay-call-events");
            assertThat(record.key()).isEqualTo(call);
            assertThat(record.value().toString()).doesNotContain("4155550123");
        });
        JsonObject lost = sent().get(1);
        assertThat(lost.getString("id")).isEqualTo(event.id());
        assertThat(lost.getString("call_id")).isEqualTo(call);
        assertThat(lost.getString("at")).isEqualTo(event.at().toString());
        assertThat(lost.getJsonObject("data").getString("why")).isEqualTo("\"${body}\"");
        assertThat(kafka.properties())
                .containsEntry("bootstrap.servers", "kafka-1:9092,kafka-2:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", LOGIN)
                .containsEntry("acks", "all")
                .containsEntry("max.block.ms", 5000);
    }

    @Test
    void whileTheBrokersAreAwayEventsWaitInTheirOrder() {
        kafka.fails(new TimeoutException("no broker"));
        happens("call", "first");
        happens("call", "second");
        await().until(() -> kafka.failures() >= 3);
        assertThat(kafka.sent()).isEmpty();

        kafka.fails(null);

        awaitTypes("first", "second");
    }

    @Test
    void whatKafkaWillNeverTakeHoldsNoOtherUp() {
        kafka.fails(new RecordTooLargeException("too large"));
        happens("call", "large");
        await().until(() -> kafka.failures() == 1);
        kafka.fails(null);

        happens("call", "after");

        awaitTypes("after");
        assertThat(kafka.failures()).isEqualTo(1);
    }

    @Test
    void anEditNeitherLosesNorRepeatsAnEvent() {
        for (int i = 0; i < 30; i++) {
            happens("call", "event-" + i);
            if (i % 10 == 5) {
                scene.flip();
            }
        }

        await().until(() -> kafka.sent().size() >= 30);
        assertThat(sent())
                .extracting(event -> event.getString("type"))
                .doesNotHaveDuplicates()
                .hasSize(30);
    }

    @Test
    void offNothingOfKafkaIsThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            off.bean(CallEventStore.class).append("call", "x", Map.of());

            Exchange done = off.send("call-dtmf", Map.of());
            assertThat(done.getContext().getRoute("recipe-kafka-events")).isNull();
            assertThat(done.getContext().getComponentNames()).doesNotContain("kafka");
            assertThat(kafka.sent()).isEmpty();
        }
    }
}
