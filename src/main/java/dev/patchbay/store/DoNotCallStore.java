package dev.patchbay.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;

/** Numbers that no campaign calls, collection {@code do_not_call}. All methods block: for worker threads only. */
public final class DoNotCallStore {

    private final MongoCollection<Document> numbers;

    public DoNotCallStore(MongoDatabase database) {
        numbers = database.getCollection("do_not_call");
    }

    /** Adds a number; one that is there keeps the time since when. @param phone E.164 */
    public void add(String phone, Instant at) {
        numbers.updateOne(
                new Document("_id", phone),
                new Document("$setOnInsert", new Document("since", Date.from(at))),
                new UpdateOptions().upsert(true));
    }

    public boolean has(String phone) {
        return numbers.find(new Document("_id", phone)).first() != null;
    }

    public void remove(String phone) {
        numbers.deleteOne(new Document("_id", phone));
    }
}
