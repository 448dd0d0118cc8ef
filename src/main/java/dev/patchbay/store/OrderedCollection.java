package dev.patchbay.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection of the embedded server that uses the order of its {@code _id}s, as MongoDB does: a query that bounds a
 * text {@code _id} ({@code {_id: "x", status: ...}}, {@code {_id: {$gt: "a", $lt: "b"}}}) reads only what lies between,
 * and a list sorted by {@code _id} stops at its limit. Its superclass reads and sorts everything for both.
 */
final class OrderedCollection extends H2Collection {

    private static final String ID = "_id";

    private final MVMap<Object, Document> documents;

    OrderedCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
        this.documents = documents;
    }

    @Override
    protected QueryResult matchDocuments(
            Document query,
            @Nullable Document orderBy,
            int numberToSkip,
            int limit,
            int batchSize,
            @Nullable Document fieldSelector) {
        boolean byId = orderBy != null && orderBy.keySet().equals(Set.of(ID));
        Object condition = query.get(ID);
        String lower = bound(condition, "$gte", "$gt");
        String upper = bound(condition, "$lte", "$lt");
        if (!byId && lower == null && upper == null) {
            return super.matchDocuments(query, orderBy, numberToSkip, limit, batchSize, fieldSelector);
        }
        boolean reverse =
                orderBy != null && byId && orderBy.get(ID) instanceof Number direction && direction.intValue() < 0;
        // The bounds are inclusive; the query itself is still applied to what lies between.
        Cursor<Object, Document> cursor =
                reverse ? documents.cursor(upper, lower, true) : documents.cursor(lower, upper, false);
        return matchDocumentsFromStream(
                values(cursor), query, byId ? null : orderBy, numberToSkip, limit, batchSize, fieldSelector);
    }

    private static @Nullable String bound(@Nullable Object condition, String inclusive, String exclusive) {
        if (condition instanceof String equal) {
            return equal;
        }
        if (condition instanceof Document range) {
            Object bound = range.containsKey(inclusive) ? range.get(inclusive) : range.get(exclusive);
            return bound instanceof String text ? text : null;
        }
        return null;
    }

    private static Stream<Document> values(Cursor<Object, Document> cursor) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(cursor, Spliterator.ORDERED), false)
                .map(key -> cursor.getValue());
    }
}
