package dev.patchbay.store;

import com.github.f4b6a3.ulid.Ulid;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import dev.patchbay.call.TranscriptTurn;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What was said in each call, collection {@code transcripts}, one document per turn. Calls are named by our id. All
 * methods block: for worker threads only.
 */
public final class TranscriptStore {

    private final MongoCollection<Document> turns;

    public TranscriptStore(MongoDatabase database) {
        turns = database.getCollection(StoreSchema.TRANSCRIPTS);
    }

    public void append(String callId, String role, String text, Instant at) {
        append(callId, new TranscriptTurn(role, text, at));
    }

    /**
     * Replaces the text of the agent's last turn that reads {@code original} by what the caller really heard of it, as an
     * interrupted agent reports; without such a turn the corrected text becomes a turn of its own, said now.
     */
    public void correct(String callId, String original, String corrected) {
        Document said = CallKeys.after(callId, null)
                .append("role", TranscriptTurn.AGENT)
                .append("text", original);
        Document replaced = turns.findOneAndUpdate(
                said,
                new Document("$set", new Document("text", corrected)),
                new FindOneAndUpdateOptions().sort(CallKeys.NEWEST_FIRST));
        if (replaced == null) {
            append(callId, new TranscriptTurn(TranscriptTurn.AGENT, corrected, Instant.now()));
        }
    }

    /**
     * Stores the turns that a provider tells after the call. Told again, they are the same turns: their keys are made of
     * their time and their place in the list.
     *
     * @param callId our id of the call
     */
    public void put(String callId, List<TranscriptTurn> told) {
        List<ReplaceOneModel<Document>> writes = new ArrayList<>();
        for (int place = 0; place < told.size(); place++) {
            TranscriptTurn turn = told.get(place);
            byte[] tail = ByteBuffer.allocate(Ulid.RANDOM_BYTES).putInt(place).array();
            String ulid = new Ulid(turn.at().toEpochMilli(), tail).toString();
            Document document = document(callId, CallKeys.of(callId, ulid), turn);
            writes.add(new ReplaceOneModel<>(
                    new Document("_id", document.getString("_id")), document, new ReplaceOptions().upsert(true)));
        }
        if (!writes.isEmpty()) {
            turns.bulkWrite(writes); // at once: the embedded store commits after every command
        }
    }

    /** Whether anything was said that we know of. */
    public boolean isEmpty(String callId) {
        return turns.find(CallKeys.after(callId, null)).first() == null;
    }

    /** A call's turns, oldest first. */
    public Page<TranscriptTurn> list(String callId, @Nullable String cursor, int limit) {
        int size = Page.size(limit);
        var found = turns.find(CallKeys.after(callId, cursor))
                .sort(CallKeys.OLDEST_FIRST)
                .limit(size + 1)
                .into(new ArrayList<>());
        return Page.of(found, size, TranscriptStore::turn, CallKeys::ulid);
    }

    private void append(String callId, TranscriptTurn turn) {
        turns.insertOne(document(callId, CallKeys.next(callId), turn));
    }

    private static Document document(String callId, String key, TranscriptTurn turn) {
        return new Document("_id", key)
                .append("call_id", callId)
                .append("role", turn.role())
                .append("text", turn.text())
                .append("at", Date.from(turn.at()));
    }

    private static TranscriptTurn turn(Document document) {
        return new TranscriptTurn(
                document.getString("role"),
                document.getString("text"),
                document.getDate("at").toInstant());
    }
}
