package dev.patchbay.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.patchbay.call.Ids;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Values that only one record may have, such as a phone number: a collection whose {@code _id} is the value, so that of two
 * who want it at the same time one gets it, on every kind of store. A value is claimed before the record that has it is
 * written, and freed after the record has another.
 *
 * <p>Nothing has to be repaired when a process dies between the two writes: a claim counts while its owner has the value,
 * and for {@link #GRACE} after it was made, for the write that follows. Then it is void, and the next one who wants the
 * value takes it over. What records had before there were claims is found in the records and claimed for them.
 */
final class Claims {

    /** How long a claim counts whose owner does not have the value yet: longer than a write may take. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final String OWNER = "owner";
    private static final String TOKEN = "token";
    private static final String AT = "at";

    /** The records that have the values. */
    interface Records {

        /** Whether the record with this {@code _id} has the value. */
        boolean has(Object id, String value);

        /** The {@code _id} of a record that has the value. */
        Optional<Object> holder(String value);
    }

    /** A claim that was made; the token tells it from a later one of the same owner. */
    record Claim(String value, String token) {}

    private final MongoCollection<Document> claims;
    private final Records records;
    private final Clock clock;

    Claims(MongoCollection<Document> claims, Records records, Clock clock) {
        this.claims = claims;
        this.records = records;
        this.clock = clock;
    }

    /** Claims the value for a record that is about to have it; empty when another one has it. */
    Optional<Claim> take(String value, Object owner) {
        while (true) {
            Claim claim = new Claim(value, Ids.next());
            if (inserted(document(claim, owner))) {
                return fromBefore(claim, owner) ? Optional.empty() : Optional.of(claim);
            }
            Document held = claims.find(new Document("_id", value)).first();
            if (held == null) {
                continue; // freed meanwhile
            }
            if (!Objects.equals(held.get(OWNER), owner) && counts(held, value)) {
                return Optional.empty();
            }
            if (replaced(held, claim, owner)) {
                return Optional.of(claim);
            }
        }
    }

    /**
     * Claims many values at once, each for the record that is about to have it. Values that records have had since before
     * there were claims are not looked for: the caller has done that.
     *
     * @return the values that another one has
     */
    Set<String> takeAll(Map<String, Object> owners) {
        if (owners.isEmpty()) {
            return Set.of();
        }
        List<String> values = List.copyOf(owners.keySet());
        List<Document> documents = owners.entrySet().stream()
                .map(wish -> document(new Claim(wish.getKey(), Ids.next()), wish.getValue()))
                .toList();
        Set<String> taken = new HashSet<>();
        try {
            claims.insertMany(documents, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            for (BulkWriteError error : e.getWriteErrors()) {
                if (ErrorCategory.fromErrorCode(error.getCode()) != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                String value = values.get(error.getIndex());
                Object owner = Objects.requireNonNull(owners.get(value));
                if (take(value, owner).isEmpty()) {
                    taken.add(value);
                }
            }
        }
        return taken;
    }

    /** The claim by which this record has the value now; empty for one that never claimed it. */
    Optional<Claim> held(String value, Object owner) {
        return Optional.ofNullable(claims.find(new Document("_id", value)).first())
                .filter(held -> Objects.equals(held.get(OWNER), owner))
                .map(held -> new Claim(value, held.getString(TOKEN)));
    }

    /** The {@code _id} of the record that claimed the value; the record may have lost it since. */
    @Nullable
    Object owner(String value) {
        Document held = claims.find(new Document("_id", value)).first();
        return held == null ? null : held.get(OWNER);
    }

    /** Gives a claim back, unless it has passed to somebody else or was renewed. */
    void free(Claim claim) {
        claims.deleteOne(new Document("_id", claim.value()).append(TOKEN, claim.token()));
    }

    /** A claim as a document. */
    private Document document(Claim claim, Object owner) {
        return new Document("_id", claim.value())
                .append(OWNER, owner)
                .append(TOKEN, claim.token())
                .append(AT, Date.from(clock.instant()));
    }

    private boolean counts(Document held, String value) {
        return held.getDate(AT).toInstant().plus(GRACE).isAfter(clock.instant())
                || records.has(Objects.requireNonNull(held.get(OWNER)), value);
    }

    /** Whether another record has had the value since before there were claims; then the claim becomes that record's. */
    private boolean fromBefore(Claim claim, Object owner) {
        Optional<Object> holder = records.holder(claim.value()).filter(id -> !id.equals(owner));
        holder.ifPresent(id -> claims.updateOne(
                new Document("_id", claim.value()).append(TOKEN, claim.token()),
                new Document("$set", new Document(OWNER, id))));
        return holder.isPresent();
    }

    private boolean replaced(Document held, Claim claim, Object owner) {
        Document unchanged = new Document("_id", claim.value()).append(TOKEN, held.get(TOKEN));
        return claims.replaceOne(unchanged, document(claim, owner)).getMatchedCount() == 1;
    }

    private boolean inserted(Document claim) {
        try {
            claims.insertOne(claim);
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }
}
