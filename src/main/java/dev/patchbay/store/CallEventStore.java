package dev.patchbay.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallEvents;
import dev.patchbay.call.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What happened to each call, collection {@code call_events}. All methods block: for worker threads only. */
public final class CallEventStore {

    private final MongoCollection<Document> events;
    private final CallEvents told;

    /** A store that tells nobody what it keeps. */
    public CallEventStore(MongoDatabase database) {
        this(database, new CallEvents());
    }

    /** @param told hears of every event once it is kept */
    public CallEventStore(MongoDatabase database, CallEvents told) {
        events = database.getCollection(StoreSchema.CALL_EVENTS);
        this.told = told;
    }

    /**
     * Adds an event that happened now.
     *
     * @param callId our id of the call
     * @param data JSON-ready details
     */
    public CallEvent append(String callId, String type, Map<String, Object> data) {
        // The store keeps milliseconds: the event returned is the event that will be read.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        CallEvent event = new CallEvent(Ids.next(), callId, type, now, data);
        events.insertOne(new Document("_id", CallKeys.of(callId, event.id()))
                .append("call_id", callId)
                .append("type", type)
                .append("at", Date.from(now))
                .append("data", new Document(data)));
        told.tell(event);
        return event;
    }

    /** A call's events, oldest first, as one reads a story; the cursor is the id of the last event of the page before. */
    public Page<CallEvent> list(String callId, @Nullable String cursor, int limit) {
        int size = Page.size(limit);
        var found = events.find(CallKeys.after(callId, cursor))
                .sort(CallKeys.OLDEST_FIRST)
                .limit(size + 1)
                .into(new ArrayList<>());
        return Page.of(found, size, CallEventStore::event, CallKeys::ulid);
    }

    private static CallEvent event(Document document) {
        return new CallEvent(
                CallKeys.ulid(document),
                document.getString("call_id"),
                document.getString("type"),
                document.getDate("at").toInstant(),
                JsonValues.of(document.get("data", Document.class)));
    }
}
