package dev.patchbay.store;

import static dev.patchbay.store.CallDocuments.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Recording;
import dev.patchbay.call.RecordingStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Recordings of calls, collection {@code recordings}; the {@code _id} is {@code <call id>:<RecordingSid>}. A status goes
 * forward only. All methods block: for worker threads only.
 */
public final class RecordingStore {

    private static final String STATUS = "status";
    private static final String CREATED_AT = "created_at";
    private static final int SOME = 100;

    private final MongoCollection<Document> recordings;

    public RecordingStore(MongoDatabase database) {
        recordings = database.getCollection(StoreSchema.RECORDINGS);
    }

    /** Takes what is known of a recording now. @return whether that changed anything */
    public boolean advance(Recording recording) {
        String id = CallKeys.of(recording.callId(), recording.sid());
        Document fields = new Document(STATUS, recording.status().wire());
        set(fields, "duration", recording.duration());
        set(fields, "channels", recording.channels());
        set(fields, "source", recording.source());
        set(fields, "url", recording.url());
        List<String> before =
                recording.status().before().stream().map(RecordingStatus::wire).toList();
        Document earlier = new Document("_id", id).append(STATUS, new Document("$in", before));
        if (recordings.updateOne(earlier, new Document("$set", fields)).getMatchedCount() == 1) {
            return true;
        }
        try {
            recordings.insertOne(new Document("_id", id)
                    .append("sid", recording.sid())
                    .append("call_id", recording.callId())
                    .append(CREATED_AT, Date.from(recording.createdAt()))
                    .append(STATUS, recording.status().wire())
                    .append("duration", recording.duration())
                    .append("channels", recording.channels())
                    .append("source", recording.source())
                    .append("url", recording.url()));
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false; // it is as far already
            }
            throw e;
        }
    }

    /** The call's recordings, in any order. */
    public List<Recording> list(String callId) {
        return recordings
                .find(CallKeys.after(callId, null))
                .map(RecordingStore::recording)
                .into(new ArrayList<>());
    }

    /** The call's recording that can be listened to; the longest, when there are several. */
    public Optional<Recording> playable(String callId) {
        return list(callId).stream()
                .filter(recording -> recording.status() == RecordingStatus.COMPLETED)
                .max((a, b) -> Integer.compare(
                        Objects.requireNonNullElse(a.duration(), 0), Objects.requireNonNullElse(b.duration(), 0)));
    }

    /**
     * Recordings that are older and not deleted yet, some at a time, in the order of their calls.
     *
     * @param after the last one of those before; null for the first
     */
    public List<Recording> before(Instant time, @Nullable Recording after) {
        Document old = new Document(CREATED_AT, new Document("$lt", Date.from(time)))
                .append(STATUS, new Document("$ne", RecordingStatus.DELETED.wire()));
        if (after != null) {
            old.append("_id", new Document("$gt", CallKeys.of(after.callId(), after.sid())));
        }
        return recordings
                .find(old)
                .sort(CallKeys.OLDEST_FIRST)
                .limit(SOME)
                .map(RecordingStore::recording)
                .into(new ArrayList<>());
    }

    private static Recording recording(Document document) {
        return new Recording(
                document.getString("sid"),
                document.getString("call_id"),
                RecordingStatus.of(document.getString(STATUS)).orElse(RecordingStatus.IN_PROGRESS),
                document.getInteger("duration"),
                document.getInteger("channels"),
                document.getString("source"),
                document.getString("url"),
                Objects.requireNonNull(document.getDate(CREATED_AT), CREATED_AT).toInstant());
    }
}
