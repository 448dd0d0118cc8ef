package dev.patchbay.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/**
 * Call contexts by CallSid, collection {@code call_context}, each for one hour. MongoDB expires them by itself; the
 * embedded store does not, so a read checks and {@link #sweep} removes. All methods block: for worker threads only.
 */
public final class CallContextStore {

    static final String EXPIRES_AT = "expires_at";

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final MongoCollection<Document> contexts;
    private final Clock clock;

    public CallContextStore(MongoDatabase database, Clock clock) {
        contexts = database.getCollection(StoreSchema.CALL_CONTEXT);
        this.clock = clock;
    }

    /** Keeps a context for an hour from now; one of the same call is replaced. */
    public void put(String callSid, String agentId, Map<String, Object> context) {
        Document document = new Document("_id", callSid)
                .append("agent_id", agentId)
                .append("context", new Document(context))
                .append(EXPIRES_AT, Date.from(clock.instant().plus(LIFETIME)));
        contexts.replaceOne(new Document("_id", callSid), document, new ReplaceOptions().upsert(true));
    }

    /** Adds one value to a context, which lives for an hour from now; where there is none, it is the first. */
    void add(String callId, String name, Object value) {
        set(callId, new Document("context." + name, value));
    }

    /** Notes the agent that a call is for, with or without a context so far. */
    void assign(String callId, String agentId) {
        set(callId, new Document("agent_id", agentId));
    }

    private void set(String callId, Document fields) {
        fields.append(EXPIRES_AT, Date.from(clock.instant().plus(LIFETIME)));
        contexts.updateOne(new Document("_id", callId), new Document("$set", fields), new UpdateOptions().upsert(true));
    }

    /** The call's context; empty if there is none or its hour is over. */
    public Optional<CallContext> find(String callSid) {
        return Optional.ofNullable(contexts.find(new Document("_id", callSid)).first())
                .filter(document -> document.getDate(EXPIRES_AT).toInstant().isAfter(clock.instant()))
                .map(document -> new CallContext(
                        callSid,
                        document.getString("agent_id"),
                        JsonValues.of(document.get("context", new Document()))));
    }

    /** Removes what has expired. @return how many */
    public long sweep() {
        return contexts.deleteMany(new Document(EXPIRES_AT, new Document("$lte", Date.from(clock.instant()))))
                .getDeletedCount();
    }
}
