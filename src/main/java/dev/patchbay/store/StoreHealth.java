package dev.patchbay.store;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store answers, asked in the background every five seconds, so that whoever wants to know never waits. */
public final class StoreHealth {

    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** A ping that hangs says nothing; after three intervals without an answer the store counts as down. */
    private static final long FRESH_NANOS = EVERY.multipliedBy(3).toNanos();

    private final MongoDatabase database;
    private volatile boolean answered;
    private volatile long answeredAt;

    /** Asks once now, then in the background. */
    StoreHealth(MongoDatabase database, StoreBackground background) {
        this.database = database;
        check();
        background.every(EVERY, this::check);
    }

    /** Whether the store answered lately; returns at once. */
    public boolean isUp() {
        return answered && System.nanoTime() - answeredAt < FRESH_NANOS;
    }

    private void check() {
        boolean before = answered;
        try {
            database.runCommand(new Document("ping", 1));
            answeredAt = System.nanoTime();
            answered = true;
        } catch (MongoException | IllegalStateException e) {
            answered = false;
            if (before) {
                LOG.warn("The store does not answer: {}", e.getClass().getSimpleName());
            }
        }
        if (answered && !before) {
            LOG.info("The store answers");
        }
    }
}
