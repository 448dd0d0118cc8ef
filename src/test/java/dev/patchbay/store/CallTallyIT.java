package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class CallTallyIT {

    private final MongoCollection<Document> calls;
    private final SettableClock clock = new SettableClock();
    private final CallTally tally;
    private final SessionTally sessions;
    private final MongoDatabase database;

    CallTallyIT(MongoDatabase database) {
        this.database = database;
        calls = database.getCollection(StoreSchema.CALLS);
        tally = new CallTally(database, clock);
        sessions = new SessionTally(database, clock);
    }

    @Test
    void callsAreCountedByProviderAndStatusAndMoveOn() {
        String id = call("ringing", clock.now);
        call("completed", clock.now.minus(Duration.ofDays(40)));
        assertThat(counts()).isEqualTo(Map.of("echo ringing", 1L, "echo completed", 1L));

        clock.pass(Duration.ofMinutes(10));
        calls.updateOne(
                new Document("_id", id),
                new Document(
                        "$set",
                        new Document("status", "completed")
                                .append("ended_at", Date.from(clock.now))
                                .append("duration", 590)));
        assertThat(counts()).isEqualTo(Map.of("echo completed", 2L));

        // The figures of its media come after its end.
        clock.pass(Duration.ofSeconds(20));
        calls.updateOne(
                new Document("_id", id),
                new Document(
                        "$set",
                        new Document("error", "Agent lost")
                                .append(
                                        "media",
                                        new Document("frames_in", 7L)
                                                .append("frames_out", 6L)
                                                .append("dropped", 5L)
                                                .append("late", 4L)
                                                .append("first_audio_ms", 300L))));
        CallSums sums = new CallSums(2, 1, 2, 600, 7, 6, 5, 4, 1, 300, 300);
        assertThat(completed()).isEqualTo(sums);
        clock.pass(Duration.ofHours(3));
        assertThat(completed()).isEqualTo(sums);
        clock.pass(Duration.ofSeconds(2));
        assertThat(completed()).as("and not added twice").isEqualTo(sums);
    }

    @Test
    void whatIsSettledIsNotReadAgain() {
        for (int i = 0; i < 2_300; i++) {
            call("completed", clock.now.minus(Duration.ofHours(2)));
        }
        assertThat(counts()).isEqualTo(Map.of("echo completed", 2_300L));
        calls.deleteMany(new Document());
        clock.pass(Duration.ofMinutes(2));
        call("busy", clock.now);
        assertThat(counts()).isEqualTo(Map.of("echo completed", 2_300L, "echo busy", 1L));
    }

    @Test
    void aCallThatIsStoredAfterAYoungerOneIsCountedToo() {
        call("ringing", clock.now);
        assertThat(counts()).isEqualTo(Map.of("echo ringing", 1L));
        call("ringing", clock.now.minusSeconds(5));
        clock.pass(Duration.ofSeconds(2));
        assertThat(counts()).isEqualTo(Map.of("echo ringing", 2L));
        clock.pass(Duration.ofDays(2));
        assertThat(counts()).as("and stays what it was").isEqualTo(Map.of("echo ringing", 2L));
    }

    @Test
    void sessionsAreCountedByProviderAndStatus() {
        assertThat(sessions.read()).isEmpty();
        for (String status : new String[] {"created", "created", "ended"}) {
            database.getCollection("sessions")
                    .insertOne(new Document("session_id", Ids.next())
                            .append("provider", "daily")
                            .append("status", status));
        }
        clock.pass(Duration.ofSeconds(2));
        assertThat(sessions.read())
                .isEqualTo(
                        Map.of(new ProviderStatus("daily", "created"), 2L, new ProviderStatus("daily", "ended"), 1L));
        assertThat(new ProviderStatus("daily", "ended").isOver()).isTrue();
        assertThat(new ProviderStatus("twilio", "no-answer").isOver()).isTrue();
        assertThat(new ProviderStatus("daily", "created").isOver()).isFalse();
    }

    private String call(String status, Instant at) {
        String id = Ids.smallestAt(at).substring(0, 10) + Ids.next().substring(10);
        Document call = new Document("_id", id)
                .append("provider", "echo")
                .append("status", status)
                .append("started_at", Date.from(at));
        if (status.equals("completed")) {
            call.append("ended_at", Date.from(at)).append("duration", 10);
        }
        calls.insertOne(call);
        return id;
    }

    private Map<String, Long> counts() {
        return tally.read().entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(
                        entry ->
                                entry.getKey().provider() + " " + entry.getKey().status(),
                        entry -> entry.getValue().calls()));
    }

    private CallSums completed() {
        return tally.read().getOrDefault(new ProviderStatus("echo", "completed"), CallSums.NONE);
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-03-31T12:30:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
