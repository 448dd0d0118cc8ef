package dev.patchbay.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bson.Document;

/**
 * What is to be done, and when; one collection for each list. Who takes an entry has it for a while; what is not done by
 * then is taken again, by whoever comes. So an entry is done at least once, across restarts and by one of several gateways;
 * a process that dies in the wrong moment may have it done twice. All methods block: for worker threads only.
 */
public final class DueList {

    private static final String WHAT = "what";
    private static final String ATTEMPT = "attempt";

    private final MongoCollection<Document> entries;

    /** @param name of the collection */
    public DueList(MongoDatabase database, String name) {
        entries = database.getCollection(name);
    }

    /**
     * An entry that was taken.
     *
     * @param id of the entry that stands for it now
     * @param attempt 1 for the first time that it was taken
     */
    public record Due(String id, String what, int attempt) {}

    /** Adds what is to be done at this time, or as soon as possible after it. */
    public void add(String what, Instant at) {
        entries.insertOne(entry(what, at, 0));
    }

    /** The same for many, in this order. */
    public void addAll(List<String> many, Instant at) {
        if (!many.isEmpty()) {
            entries.insertMany(many.stream().map(what -> entry(what, at, 0)).toList());
        }
    }

    /**
     * Takes the entry that has been due for longest.
     *
     * @param lease how long it is ours; then it is due again unless it was {@link #done}
     */
    public Optional<Due> take(Instant now, Duration lease) {
        while (true) {
            // The _ids begin with the time, so both stores read this one document only.
            Document first = entries.find(new Document("_id", new Document("$lt", key(now.plusMillis(1)))))
                    .sort(CallKeys.OLDEST_FIRST)
                    .limit(1)
                    .first();
            if (first == null) {
                return Optional.empty();
            }
            int attempt = first.getInteger(ATTEMPT, 0) + 1;
            Document again = entry(first.getString(WHAT), now.plus(lease), attempt);
            entries.insertOne(again);
            if (entries.deleteOne(new Document("_id", first.getString("_id"))).getDeletedCount() == 1) {
                return Optional.of(new Due(again.getString("_id"), first.getString(WHAT), attempt));
            }
            entries.deleteOne(new Document("_id", again.getString("_id"))); // somebody else was quicker
        }
    }

    /** What was taken is done, or given up. */
    public void done(Due due) {
        entries.deleteOne(new Document("_id", due.id()));
    }

    private static Document entry(String what, Instant at, int attempt) {
        return new Document("_id", key(at) + '/' + Ids.next())
                .append(WHAT, what)
                .append(ATTEMPT, attempt);
    }

    /** Milliseconds since 1970, with as many digits as they have until 2286. */
    private static String key(Instant at) {
        return String.format(Locale.ROOT, "%013d", at.toEpochMilli());
    }
}
