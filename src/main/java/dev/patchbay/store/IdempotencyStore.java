package dev.patchbay.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Requests that must not be carried out twice, collection {@code idempotency}: each is claimed by one insert, before
 * anything is done, and keeps its answer for a day. All methods block: for worker threads only.
 */
public final class IdempotencyStore {

    static final String EXPIRES_AT = "expires_at";

    private static final Duration KEPT = Duration.ofDays(1);
    /** No request takes longer; who has not answered by then never will. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final String FINGERPRINT = "fingerprint";
    private static final String CLAIMED_AT = "claimed_at";
    private static final String STATUS = "status";
    private static final String CONTENT_TYPE = "content_type";
    private static final String LOCATION = "location";

    private final MongoCollection<Document> requests;
    private final Clock clock;

    public IdempotencyStore(MongoDatabase database, Clock clock) {
        requests = database.getCollection(StoreSchema.IDEMPOTENCY);
        this.clock = clock;
    }

    /** How a claim went. */
    public enum State {
        /** It is ours to carry out. */
        CLAIMED,
        /** Somebody is at it. */
        RUNNING,
        /** It has an answer. */
        DONE,
        /** The key was used for another request. */
        OTHER_REQUEST,
        /** It was begun and never answered: a crash. */
        UNKNOWN
    }

    /**
     * An answer that is kept.
     *
     * @param location where the thing that was made is found
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes that are sent and compared with nothing.
    public record Answer(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            byte[] body) {}

    /** @param answer there when the state is {@link State#DONE} */
    public record Claim(State state, @Nullable Answer answer) {

        static Claim of(State state) {
            return new Claim(state, null);
        }
    }

    /**
     * Claims a request, atomically.
     *
     * @param id who asks for what with which key
     * @param fingerprint of the request's body
     */
    public Claim claim(String id, String fingerprint) {
        Instant now = clock.instant();
        requests.deleteOne(new Document("_id", id).append(EXPIRES_AT, new Document("$lte", Date.from(now))));
        try {
            requests.insertOne(new Document("_id", id)
                    .append(FINGERPRINT, fingerprint)
                    .append(CLAIMED_AT, Date.from(now))
                    .append(EXPIRES_AT, Date.from(now.plus(KEPT))));
            return Claim.of(State.CLAIMED);
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
        }
        Document known = requests.find(new Document("_id", id)).first();
        if (known == null) {
            return Claim.of(State.RUNNING); // given up a moment ago: whoever waits claims it next
        }
        if (!fingerprint.equals(known.getString(FINGERPRINT))) {
            return Claim.of(State.OTHER_REQUEST);
        }
        Integer status = known.getInteger(STATUS);
        if (status != null) {
            Binary body = Objects.requireNonNull(known.get("body", Binary.class), "body");
            return new Claim(
                    State.DONE,
                    new Answer(status, known.getString(CONTENT_TYPE), known.getString(LOCATION), body.getData()));
        }
        Instant claimed =
                Objects.requireNonNull(known.getDate(CLAIMED_AT), CLAIMED_AT).toInstant();
        return Claim.of(claimed.plus(LONGEST).isBefore(now) ? State.UNKNOWN : State.RUNNING);
    }

    /** Keeps the answer of a request that was claimed. */
    public void complete(String id, Answer answer) {
        Document fields = new Document(STATUS, answer.status()).append("body", new Binary(answer.body()));
        CallDocuments.set(fields, CONTENT_TYPE, answer.contentType());
        CallDocuments.set(fields, LOCATION, answer.location());
        requests.updateOne(new Document("_id", id), new Document("$set", fields));
    }

    /** Gives a claim up: nothing was done, and the key may be used again. */
    public void release(String id) {
        requests.deleteOne(new Document("_id", id));
    }

    /** Removes what has expired. @return how many */
    public long sweep() {
        return requests.deleteMany(new Document(EXPIRES_AT, new Document("$lte", Date.from(clock.instant()))))
                .getDeletedCount();
    }
}
