package dev.patchbay.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import dev.patchbay.call.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * The {@code _id}s of agents and customers: texts, ULIDs where we made them, and ObjectIds, which records have that came
 * from another MongoDB application. From outside, 24 hex digits are an ObjectId.
 */
final class RecordIds {

    private static final ObjectId SMALLEST = new ObjectId("000000000000000000000000");

    private RecordIds() {}

    /** The {@code _id} that an id from outside means; a new one for none. */
    static Object key(@Nullable Object id) {
        if (id == null) {
            return Ids.next();
        }
        String text = id.toString();
        return ObjectId.isValid(text) ? new ObjectId(text) : text;
    }

    /** The {@code _id} of a stored record. */
    static Object of(Document record) {
        return Objects.requireNonNull(record.get("_id"), "A stored record has an _id");
    }

    /**
     * A page of records: those with ids of ours, newest first, then those of the other application, newest first. A query
     * compares ids of one type only, so that they are two ranges, on MongoDB and on the embedded store.
     */
    static <T> Page<T> newestFirst(
            MongoCollection<Document> records, @Nullable String cursor, int limit, Function<Document, T> item) {
        int size = Page.size(limit);
        boolean amongObjectIds = cursor != null && ObjectId.isValid(cursor);
        List<Document> found = new ArrayList<>();
        if (!amongObjectIds) {
            Document texts = cursor == null ? new Document("$gte", "") : new Document("$gte", "").append("$lt", cursor);
            find(records, texts, size + 1, found);
        }
        if (found.size() <= size) {
            Document objectIds = amongObjectIds && cursor != null
                    ? new Document("$lt", new ObjectId(cursor))
                    : new Document("$gte", SMALLEST);
            find(records, objectIds, size + 1 - found.size(), found);
        }
        return Page.of(found, size, item, last -> String.valueOf(JsonValues.of(of(last))));
    }

    private static void find(MongoCollection<Document> records, Document range, int limit, List<Document> found) {
        records.find(new Document("_id", range))
                .sort(Sorts.descending("_id"))
                .limit(limit)
                .into(found);
    }
}
