package dev.patchbay.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;

/** The sessions on record (collection {@code sessions}), counted by provider and status. */
public final class SessionTally {

    private static final String SESSIONS = "sessions";

    /** Answers younger than this are given again: the embedded store reads every session to count them. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final List<Document> COUNTED = List.of(new Document(
            "$group",
            new Document("_id", new Document("provider", "$provider").append("status", "$status"))
                    .append("sessions", new Document("$sum", 1))));

    private final MongoCollection<Document> sessions;
    private final Clock clock;
    private Map<ProviderStatus, Long> answer = Map.of();
    private Instant answeredAt = Instant.MIN;

    public SessionTally(MongoDatabase database) {
        this(database, Clock.systemUTC());
    }

    SessionTally(MongoDatabase database, Clock clock) {
        sessions = database.getCollection(SESSIONS);
        this.clock = clock;
    }

    /** How many there are by provider and status, in order. Blocks: for worker threads only. */
    public synchronized Map<ProviderStatus, Long> read() {
        Instant now = clock.instant();
        if (answeredAt.isBefore(now.minus(FRESH))) {
            NavigableMap<ProviderStatus, Long> counts = new TreeMap<>();
            for (Document group : sessions.aggregate(COUNTED)) {
                Document key = group.get("_id", new Document());
                counts.merge(
                        ProviderStatus.of(key.getString("provider"), key.getString("status")),
                        group.get("sessions", Number.class).longValue(),
                        Long::sum);
            }
            answer = Collections.unmodifiableMap(counts);
            answeredAt = now;
        }
        return answer;
    }
}
