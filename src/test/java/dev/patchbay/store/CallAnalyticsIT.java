package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class CallAnalyticsIT {

    private static final Instant NOW = Instant.parse("2026-03-31T12:30:00Z");

    private final MongoDatabase database;
    private final CallAnalytics analytics;
    private final List<Document> calls = new ArrayList<>();

    CallAnalyticsIT(MongoDatabase database) {
        this.database = database;
        analytics = new CallAnalytics(database, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void daysAreAddedUpWithoutGaps() {
        call("2026-03-30T23:59:59Z", "completed", "dues").append("duration", 30);
        call("2026-03-30T00:00:00Z", "busy", "dues");
        call("2026-03-31T10:00:00Z", "completed", "sales").append("duration", 90);
        call("2026-03-31T11:00:00Z", "in-progress", "sales");
        call("2026-03-31T12:00:00Z", "ringing", null);
        call("2026-03-01T23:59:59Z", "completed", "dues").append("duration", 1_000);
        store();

        JsonObject answer = analyse(null, null, null);

        assertThat(answer.fieldNames()).containsExactly("from", "to", "group_by", "total", "groups");
        assertThat(answer.getString("from")).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(answer.getString("group_by")).isEqualTo("day");
        JsonArray days = answer.getJsonArray("groups");
        assertThat(days).hasSize(30);
        assertThat(days.getJsonObject(28)).isEqualTo(new JsonObject("""
                {"key": "2026-03-30", "calls": 2, "active": 0, "answered": 1, "errors": 0, "minutes": 0.5,
                 "average_duration": 30.0, "p95_duration": 30, "answer_rate": 0.5, "success_rate": 0.5}"""));
        assertThat(days.getJsonObject(29)).isEqualTo(new JsonObject("""
                {"key": "2026-03-31", "calls": 3, "active": 2, "answered": 2, "errors": 0, "minutes": 1.5,
                 "average_duration": 90.0, "p95_duration": 90, "answer_rate": 1.0, "success_rate": 1.0}"""));
        assertThat(days.getJsonObject(0)).isEqualTo(new JsonObject("""
                {"key": "2026-03-02", "calls": 0, "active": 0, "answered": 0, "errors": 0, "minutes": 0.0,
                 "average_duration": null, "p95_duration": null, "answer_rate": null, "success_rate": null}"""));
        assertThat(answer.getJsonObject("total").getInteger("calls")).isEqualTo(5);
    }

    @Test
    void thePercentileIsExact() {
        for (int i = 1; i <= 100; i++) {
            call("2026-03-31T10:00:00Z", "completed", "dues").append("duration", i);
        }
        store();
        JsonObject total = analyse("2026-03-31", null, "day").getJsonObject("total");
        assertThat(total.getInteger("p95_duration")).isEqualTo(95);
        assertThat(total.getDouble("average_duration")).isEqualTo(50.5);
    }

    @Test
    void agentsProvidersAndOutcomesAreGroupsByTheirCalls() {
        call("2026-03-31T10:00:00Z", "completed", "dues").append("error", "Agent lost");
        call("2026-03-31T10:00:01Z", "failed", "dues");
        call("2026-03-31T10:00:02Z", "no-answer", "sales");
        call("2026-03-31T10:00:03Z", "completed", "dues").append("duration", 60);
        call("2026-03-31T10:00:04Z", "ringing", null).remove("provider");
        store();

        assertThat(keys("agent")).startsWith("dues").containsExactlyInAnyOrder("dues", "sales", null);
        assertThat(keys("provider")).startsWith("elevenlabs").containsExactlyInAnyOrder("elevenlabs", null);
        assertThat(keys("outcome"))
                .startsWith("completed")
                .containsExactlyInAnyOrder("completed", "failed", "no-answer", "active");
        JsonObject dues =
                analyse("2026-03-31", null, "agent").getJsonArray("groups").getJsonObject(0);
        assertThat(dues.getInteger("errors")).isEqualTo(2);
        assertThat(dues.getDouble("success_rate")).isEqualTo(0.3333);
        assertThat(dues.getDouble("answer_rate")).isEqualTo(0.6667);
    }

    @Test
    void boundsAreExactAndPagesAreManyAndACallThatWasToldLateCounts() {
        for (int i = 0; i < 2_500; i++) {
            call("2026-03-10T10:%02d:%02dZ".formatted(i / 60 % 60, i % 60), "completed", "dues")
                    .append("duration", 1);
        }
        calls.get(0).append("_id", Ids.smallestAt(Instant.parse("2026-03-10T20:00:00Z")));
        store();
        JsonObject hour = analyse("2026-03-10T10:00:00Z", "2026-03-10T10:30:00Z", "hour");
        assertThat(hour.getJsonArray("groups")).hasSize(1);
        assertThat(hour.getJsonObject("total").getInteger("calls")).isEqualTo(1_800);
        assertThat(analyse("2026-03-10", "2026-03-10", "day")
                        .getJsonObject("total")
                        .getInteger("calls"))
                .isEqualTo(2_500);
    }

    private Document call(String startedAt, String status, @Nullable String agent) {
        Instant at = Instant.parse(startedAt);
        Document call = new Document(
                        "_id", Ids.smallestAt(at).substring(0, 10) + Ids.next().substring(10))
                .append("direction", "inbound")
                .append("status", status)
                .append("provider", "elevenlabs")
                .append("started_at", Date.from(at));
        if (agent != null) {
            call.append("agent_id", agent);
        }
        calls.add(call);
        return call;
    }

    private void store() {
        database.getCollection(StoreSchema.CALLS).insertMany(calls);
    }

    private List<@Nullable String> keys(String groupBy) {
        JsonArray groups = analyse("2026-03-31", null, groupBy).getJsonArray("groups");
        return IntStream.range(0, groups.size())
                .mapToObj(i -> groups.getJsonObject(i).getString("key"))
                .collect(Collectors.toList());
    }

    private JsonObject analyse(@Nullable String from, @Nullable String to, @Nullable String groupBy) {
        return new JsonObject(new JsonObject(analytics.calls(from, to, groupBy)).encode());
    }
}
