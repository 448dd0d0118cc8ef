package dev.patchbay.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import org.bson.Document;

/**
 * Which webhooks have been taken already, collection {@code deliveries}, remembered for a day: providers repeat one that
 * they did not hear an answer to. All methods block: for worker threads only.
 */
public final class Deliveries {

    static final String EXPIRES_AT = "expires_at";

    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final MongoCollection<Document> deliveries;
    private final Clock clock;

    public Deliveries(MongoDatabase database, Clock clock) {
        deliveries = database.getCollection(StoreSchema.DELIVERIES);
        this.clock = clock;
    }

    /**
     * Claims a delivery, atomically. @return true for the one that comes first
     *
     * @param key what makes the delivery the same one: provider, resource, event
     */
    public boolean isFirst(String key) {
        try {
            deliveries.insertOne(new Document("_id", key)
                    .append(EXPIRES_AT, Date.from(clock.instant().plus(REMEMBERED))));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    /** Removes what has expired. @return how many */
    public long sweep() {
        return deliveries
                .deleteMany(new Document(EXPIRES_AT, new Document("$lte", Date.from(clock.instant()))))
                .getDeletedCount();
    }
}
