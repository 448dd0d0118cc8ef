package dev.patchbay.store;

import static dev.patchbay.store.CallDocuments.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallOutcome;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The call log, collection {@code calls}. Calls are found by our id or a provider's (the CallSid, a Retell call_id).
 * Webhooks, the media leg and the API write to one call at the same time, so every change is compare-and-set on a
 * revision and none is lost. All methods block: for worker threads only.
 */
public final class CallStore {

    private static final Logger LOG = LoggerFactory.getLogger(CallStore.class);
    private static final String REVISION = "revision";
    /** Whether the call is that of a session. */
    private static final String SESSION = "session";

    private static final List<String> OURS_FIRST =
            List.of("_id", CallDocuments.CALL_SID, CallDocuments.PROVIDER_CALL_ID);
    private static final List<String> THEIRS_FIRST =
            List.of(CallDocuments.CALL_SID, CallDocuments.PROVIDER_CALL_ID, "_id");

    private final MongoCollection<Document> calls;
    private final SessionStore sessions;

    public CallStore(MongoDatabase database) {
        calls = database.getCollection(StoreSchema.CALLS);
        sessions = new SessionStore(database);
    }

    /** Stores a new call and returns it; where its CallSid has a record already, returns that one, untouched. */
    public Call open(Call call) {
        Document document = CallDocuments.of(call).append(REVISION, 0);
        try {
            calls.insertOne(document);
            return CallDocuments.call(document);
        } catch (MongoWriteException e) {
            if (!isDuplicate(e)) {
                throw e;
            }
            return find(call.callSid() == null ? call.id() : call.callSid()).orElseThrow(() -> e);
        }
    }

    /** The call with this id: ours, or else its CallSid, or else its provider's. */
    public Optional<Call> find(String idOrSid) {
        return Optional.ofNullable(document(idOrSid)).map(CallDocuments::call);
    }

    /** Calls, newest first; the cursor is the id of the last call of the page before. */
    public Page<Call> list(@Nullable String cursor, int limit) {
        int size = Page.size(limit);
        Document before = cursor == null ? new Document() : new Document("_id", new Document("$lt", cursor));
        var found =
                calls.find(before).sort(CallKeys.NEWEST_FIRST).limit(size + 1).into(new ArrayList<>());
        return Page.of(found, size, CallDocuments::call, last -> last.getString("_id"));
    }

    /**
     * Moves a call on to a later status; one that is not later, as of a delayed webhook, changes nothing. A terminal
     * status completes the call.
     *
     * @return whether the call changed
     */
    public boolean advance(String idOrSid, CallStatus status, Instant at) {
        if (status.isTerminal()) {
            return complete(idOrSid, new CallEnd(status, at, null, null, null));
        }
        return change(idOrSid, call -> {
            Document fields = new Document();
            if (status.mayFollow(call.status())) {
                fields.put(CallDocuments.STATUS, status.wire());
                if (status == CallStatus.IN_PROGRESS && call.answeredAt() == null) {
                    fields.put(CallDocuments.ANSWERED_AT, Date.from(at));
                }
            }
            return fields;
        });
    }

    /** Ends a call, once. @return true for the one that ended it, false for everyone after and for an unknown call */
    public boolean complete(String idOrSid, CallEnd end) {
        return change(idOrSid, call -> {
            Document fields = new Document();
            if (end.status().mayFollow(call.status())) {
                fields.put(CallDocuments.STATUS, end.status().wire());
                fields.put(CallDocuments.ENDED_AT, Date.from(end.at()));
                fields.put(CallDocuments.DURATION, end.duration() == null ? seconds(call, end.at()) : end.duration());
                set(fields, CallDocuments.ENDED_BY, call.endedBy() == null ? end.endedBy() : null);
                set(fields, CallDocuments.ERROR, end.error());
            }
            return fields;
        });
    }

    /** Notes the agent that the call goes to. */
    public void assign(String id, String provider, String agentId) {
        change(id, call -> new Document(CallDocuments.PROVIDER, provider).append(CallDocuments.AGENT_ID, agentId));
    }

    /** Notes the provider's id of the call; one that another call has already is left to that call. */
    public void providerCall(String id, String providerCallId) {
        try {
            change(id, call -> new Document(CallDocuments.PROVIDER_CALL_ID, providerCallId));
        } catch (MongoWriteException e) {
            if (!isDuplicate(e)) {
                throw e;
            }
            LOG.warn("Call {} did not get its provider's id, which another call has", id);
        }
    }

    /**
     * Notes what went through the media leg and how that ended; the call itself goes on until {@link #complete}. Who
     * ended it stays as first noted, and null overwrites nothing.
     */
    public void media(String id, MediaFigures figures, @Nullable String endedBy, @Nullable String error) {
        change(id, call -> {
            Document fields = new Document(CallDocuments.MEDIA, CallDocuments.of(figures));
            set(fields, CallDocuments.ENDED_BY, call.endedBy() == null ? endedBy : null);
            set(fields, CallDocuments.ERROR, error);
            return fields;
        });
    }

    /** Notes who ended the call, or is about to, and what went wrong; as {@link #media}, which knows the figures too. */
    public void note(String id, @Nullable String endedBy, @Nullable String error) {
        change(id, call -> {
            Document fields = new Document();
            set(fields, CallDocuments.ENDED_BY, call.endedBy() == null ? endedBy : null);
            set(fields, CallDocuments.ERROR, error);
            return fields;
        });
    }

    /**
     * Notes what the agent's provider says about the call. What is not said overwrites nothing; who ended the call stays
     * as first noted.
     *
     * @param error what went wrong on the provider's side; null = nothing
     * @return whether that was news
     */
    public boolean outcome(String idOrSid, CallOutcome outcome, @Nullable String endedBy, @Nullable String error) {
        return change(idOrSid, call -> {
            Document said = CallDocuments.of(outcome);
            Document known = CallDocuments.of(call.outcome());
            said.entrySet().removeIf(field -> field.getValue().equals(known.get(field.getKey())));
            if (!said.isEmpty()) {
                set(said, CallDocuments.ENDED_BY, call.endedBy() == null ? endedBy : null);
                set(said, CallDocuments.ERROR, error);
            }
            return said;
        });
    }

    /**
     * Has the session of the same id go where the call goes, from now on.
     *
     * @return the call as it is then; empty when there is none, because the session is a room's
     */
    Optional<Call> follow(String id) {
        // With a revision: a change that is under way must see it, or the session would miss that change.
        calls.updateOne(
                new Document("_id", id),
                new Document("$set", new Document(SESSION, true)).append("$inc", new Document(REVISION, 1)));
        return Optional.ofNullable(calls.find(new Document("_id", id)).first()).map(CallDocuments::call);
    }

    /** Sets the fields that {@code change} makes of the call as it is now; empty = leave it. @return whether it changed */
    private boolean change(String idOrSid, Function<Call, Document> change) {
        while (true) {
            Document document = document(idOrSid);
            Document fields = document == null ? new Document() : change.apply(CallDocuments.call(document));
            if (document == null || fields.isEmpty()) {
                return false;
            }
            Document unchanged = new Document("_id", document.get("_id")).append(REVISION, document.get(REVISION));
            Document update = new Document("$set", fields).append("$inc", new Document(REVISION, 1));
            if (calls.updateOne(unchanged, update).getMatchedCount() == 1) {
                if (document.getBoolean(SESSION, false) && fields.containsKey(CallDocuments.STATUS)) {
                    Date ended = fields.getDate(CallDocuments.ENDED_AT);
                    sessions.advance(
                            document.getString("_id"),
                            fields.getString(CallDocuments.STATUS),
                            ended == null ? Instant.now() : ended.toInstant());
                }
                return true;
            }
        }
    }

    private @Nullable Document document(String idOrSid) {
        // Each is a look-up of its own, as the embedded store uses no index for an $or: the likely one first.
        List<String> keys = idOrSid.length() == Ids.LENGTH ? OURS_FIRST : THEIRS_FIRST;
        for (String key : keys) {
            Document document = calls.find(new Document(key, idOrSid)).first();
            if (document != null) {
                return document;
            }
        }
        return null;
    }

    private static int seconds(Call call, Instant end) {
        Instant start = call.answeredAt() == null ? call.startedAt() : call.answeredAt();
        return (int) Math.max(0, Duration.between(start, end).toSeconds());
    }

    private static boolean isDuplicate(MongoWriteException e) {
        return e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
