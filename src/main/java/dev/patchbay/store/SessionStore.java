package dev.patchbay.store;

import static dev.patchbay.store.CallDocuments.set;

import com.github.f4b6a3.ulid.Ulid;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The sessions, collection {@code sessions}. Events come doubled and in any order: a status only goes forward, and
 * everything else sets fields of its own. All methods block: for worker threads only.
 */
public final class SessionStore {

    private final MongoCollection<Document> sessions;

    public SessionStore(MongoDatabase database) {
        sessions = database.getCollection(StoreSchema.SESSIONS);
    }

    public void insert(Session session) {
        sessions.insertOne(SessionDocuments.of(session));
    }

    public Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.find(new Document("_id", id)).first())
                .map(SessionDocuments::session);
    }

    /**
     * Sessions, newest first; the cursor is the id of the last session of the page before.
     *
     * @param provider only its sessions; null: everybody's
     * @param status only sessions that are there; null: all
     */
    public Page<Session> list(@Nullable String provider, @Nullable String status, @Nullable String cursor, int limit) {
        int size = Page.size(limit);
        Document wanted = new Document();
        set(wanted, SessionDocuments.PROVIDER, provider);
        set(wanted, SessionDocuments.STATUS, status);
        set(wanted, "_id", cursor == null ? null : new Document("$lt", cursor));
        var found = sessions.find(wanted)
                .sort(CallKeys.NEWEST_FIRST)
                .limit(size + 1)
                .into(new ArrayList<>());
        return Page.of(found, size, SessionDocuments::session, last -> last.getString("_id"));
    }

    /** Moves a session on; a status that is not later changes nothing. @return whether it changed */
    public boolean advance(String id, String status, Instant at) {
        Document fields = new Document(SessionDocuments.STATUS, status);
        if (SessionStatus.isTerminal(status)) {
            fields.put(SessionDocuments.ENDED_AT, Date.from(at));
        }
        Document earlier = new Document("_id", id)
                .append(SessionDocuments.STATUS, new Document("$in", SessionStatus.before(status)));
        return sessions.updateOne(earlier, new Document("$set", fields)).getMatchedCount() == 1;
    }

    /**
     * Notes what is known of a participant; what is noted already and not said again stays.
     *
     * @param participant the room provider's id of the visit: letters, digits, - and _
     * @return whether there is such a session
     */
    public boolean participant(String id, String participant, Map<String, Object> fields) {
        return put(id, SessionDocuments.PARTICIPANTS + "." + participant + ".", fields);
    }

    /** Notes what is known of the recording; as {@link #participant}. */
    public boolean recording(String id, Map<String, Object> fields) {
        return put(id, SessionDocuments.RECORDING + ".", fields);
    }

    /** The session made since then in which this participant is or was. */
    public Optional<Session> findByParticipant(String participant, Instant since) {
        Document wanted = new Document(
                        "_id",
                        new Document("$gte", Ulid.min(since.toEpochMilli()).toString()))
                .append(SessionDocuments.PARTICIPANTS + "." + participant, new Document("$exists", true));
        return Optional.ofNullable(sessions.find(wanted).first()).map(SessionDocuments::session);
    }

    private boolean put(String id, String prefix, Map<String, Object> fields) {
        Document set = new Document();
        fields.forEach((name, value) -> set.put(prefix + name, value instanceof Instant at ? Date.from(at) : value));
        return sessions.updateOne(new Document("_id", id), new Document("$set", set))
                        .getMatchedCount()
                == 1;
    }
}
