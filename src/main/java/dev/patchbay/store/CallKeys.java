package dev.patchbay.store;

import com.mongodb.client.model.Sorts;
import dev.patchbay.call.Ids;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The {@code _id}s of what belongs to a call, {@code <call id>:<ULID>}: one call's documents lie together and in the order
 * they came, so that reading them is a range of {@code _id}s, which both MongoDB and the embedded store are fast at.
 */
final class CallKeys {

    static final Bson OLDEST_FIRST = Sorts.ascending("_id");
    static final Bson NEWEST_FIRST = Sorts.descending("_id");

    private static final char SEPARATOR = ':';
    private static final char AFTER_SEPARATOR = SEPARATOR + 1;

    private CallKeys() {}

    static String of(String callId, String ulid) {
        return callId + SEPARATOR + ulid;
    }

    static String next(String callId) {
        return of(callId, Ids.next());
    }

    /** The part after the call's id. */
    static String ulid(Document document) {
        String id = document.getString("_id");
        return id.substring(id.lastIndexOf(SEPARATOR) + 1);
    }

    /** What belongs to the call and came after the given ULID (null: everything). */
    static Document after(String callId, @Nullable String ulid) {
        return new Document(
                "_id",
                new Document("$gt", of(callId, ulid == null ? "" : ulid)).append("$lt", callId + AFTER_SEPARATOR));
    }
}
