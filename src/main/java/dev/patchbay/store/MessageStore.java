package dev.patchbay.store;

import static dev.patchbay.store.CallDocuments.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Direction;
import dev.patchbay.message.Message;
import dev.patchbay.message.MessageStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The messages sent and received, collection {@code messages}, one per provider's id. A status goes forward only, however
 * events overtake one another. All methods block: for worker threads only.
 */
public final class MessageStore {

    static final String SID = "sid";

    private static final String STATUS = "status";
    private static final String BODY = "body";
    private static final String ERROR_CODE = "error_code";
    private static final String UPDATED_AT = "updated_at";

    private final MongoCollection<Document> messages;

    public MessageStore(MongoDatabase database) {
        messages = database.getCollection(StoreSchema.MESSAGES);
    }

    /**
     * Stores a message. Where an event of it came first, the record that the event made is filled in, and keeps its later
     * status.
     *
     * @return whether it is new
     */
    public boolean open(Message message) {
        try {
            messages.insertOne(document(message));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            if (message.body() != null) {
                messages.updateOne(
                        new Document(SID, message.sid()).append(BODY, null),
                        new Document("$set", new Document(BODY, message.body())));
            }
            advance(message.sid(), message.status(), message.errorCode(), message.updatedAt());
            return false;
        }
    }

    public Optional<Message> find(String sid) {
        return Optional.ofNullable(messages.find(new Document(SID, sid)).first())
                .map(MessageStore::message);
    }

    /**
     * Moves a message on to a later status; one that is not later changes nothing.
     *
     * @return whether the message changed; false for an unknown one too
     */
    public boolean advance(String sid, MessageStatus status, @Nullable String errorCode, Instant at) {
        // One atomic update: only a document in an earlier status matches.
        List<String> earlier = new ArrayList<>();
        for (MessageStatus before : MessageStatus.values()) {
            if (status.mayFollow(before)) {
                earlier.add(before.wire());
            }
        }
        Document fields = new Document(STATUS, status.wire()).append(UPDATED_AT, Date.from(at));
        set(fields, ERROR_CODE, errorCode);
        return messages.updateOne(
                                new Document(SID, sid).append(STATUS, new Document("$in", earlier)),
                                new Document("$set", fields))
                        .getModifiedCount()
                == 1;
    }

    /** Messages, newest first; the cursor is the id of the last message of the page before. */
    public Page<Message> list(@Nullable String cursor, int limit) {
        int size = Page.size(limit);
        Document before = cursor == null ? new Document() : new Document("_id", new Document("$lt", cursor));
        var found = messages.find(before)
                .sort(CallKeys.NEWEST_FIRST)
                .limit(size + 1)
                .into(new ArrayList<>());
        return Page.of(found, size, MessageStore::message, last -> last.getString("_id"));
    }

    private static Document document(Message message) {
        Document document = new Document("_id", message.id())
                .append("provider", message.provider())
                .append(SID, message.sid())
                .append("direction", message.direction().wire())
                .append(STATUS, message.status().wire())
                .append("created_at", Date.from(message.createdAt()))
                .append(UPDATED_AT, Date.from(message.updatedAt()));
        set(document, "from", message.from());
        set(document, "to", message.to());
        set(document, BODY, message.body());
        set(document, ERROR_CODE, message.errorCode());
        return document;
    }

    private static Message message(Document document) {
        return new Message(
                document.getString("_id"),
                document.getString("provider"),
                document.getString(SID),
                Direction.of(document.getString("direction")).orElse(Direction.OUTBOUND),
                document.getString("from"),
                document.getString("to"),
                document.getString(BODY),
                MessageStatus.of(document.getString(STATUS)).orElse(MessageStatus.ACCEPTED),
                document.getString(ERROR_CODE),
                time(document, "created_at"),
                time(document, UPDATED_AT));
    }

    private static Instant time(Document document, String field) {
        return Objects.requireNonNull(document.getDate(field), field).toInstant();
    }
}
