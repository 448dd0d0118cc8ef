package dev.patchbay.store;

import static dev.patchbay.store.CallDocuments.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallEvents;
import dev.patchbay.call.CallOutcome;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The call log, collection {@code calls}. Calls are found by our id or a provider's (the CallSid, a Retell call_id).
 * Webhooks, the media leg and the API write to one call at the same time, so every change is compare-and-set, and none is
 * lost. All methods block: for worker threads only.
 */
public final class CallStore {

    private static final Logger LOG = LoggerFactory.getLogger(CallStore.class);
    private static final String REVISION = "revision";
    /** Whether the call is that of a session. */
    private static final String SESSION = "session";

    private static final FindOneAndUpdateOptions AS_IT_IS_THEN =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

    private static final List<String> OURS_FIRST =
            List.of("_id", CallDocuments.CALL_SID, CallDocuments.PROVIDER_CALL_ID);
    private static final List<String> THEIRS_FIRST =
            List.of(CallDocuments.CALL_SID, CallDocuments.PROVIDER_CALL_ID, "_id");

    private final MongoCollection<Document> calls;
    private final SessionStore sessions;
    private final CallEvents told;

    /** A store that tells nobody when a call is over. */
    public CallStore(MongoDatabase database) {
        this(database, new CallEvents());
    }

    /** @param told hears of every call that is over, once */
    public CallStore(MongoDatabase database, CallEvents told) {
        calls = database.getCollection(StoreSchema.CALLS);
        sessions = new SessionStore(database);
        this.told = told;
    }

    /** Stores a new call and returns it; where its CallSid has a record already, returns that one, untouched. */
    public Call open(Call call) {
        Document document = CallDocuments.of(call).append(REVISION, 0);
        try {
            calls.insertOne(document);
            return CallDocuments.call(document);
        } catch (MongoException e) {
            if (!isDuplicate(e)) {
                throw e;
            }
            return (call.callSid() == null ? find(call.id()) : ofTwilio(call.callSid())).orElseThrow(() -> e);
        }
    }

    /** The call with this id: ours, or else its CallSid, or else its provider's. */
    public Optional<Call> find(String idOrSid) {
        return Optional.ofNullable(document(idOrSid)).map(CallDocuments::call);
    }

    /** The call that Twilio knows by this CallSid. */
    public Optional<Call> ofTwilio(String callSid) {
        return Optional.ofNullable(calls.find(new Document(CallDocuments.CALL_SID, callSid))
                        .first())
                .map(CallDocuments::call);
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
        return change(idOrSid, call -> advanced(call, status, at));
    }

    /** The same for a call that was read a moment ago. */
    public boolean advance(Call call, CallStatus status, Instant at) {
        if (status.isTerminal()) {
            return complete(call, new CallEnd(status, at, null, null, null));
        }
        return change(call, now -> advanced(now, status, at));
    }

    private static Document advanced(Call call, CallStatus status, Instant at) {
        Document fields = new Document();
        if (status.mayFollow(call.status())) {
            fields.put(CallDocuments.STATUS, status.wire());
            if (status == CallStatus.IN_PROGRESS && call.answeredAt() == null) {
                fields.put(CallDocuments.ANSWERED_AT, Date.from(at));
            }
        }
        return fields;
    }

    /** Ends a call, once. @return true for the one that ended it, false for everyone after and for an unknown call */
    public boolean complete(String idOrSid, CallEnd end) {
        return change(idOrSid, call -> completed(call, end));
    }

    /** The same for a call that was read a moment ago. */
    public boolean complete(Call call, CallEnd end) {
        return change(call, now -> completed(now, end));
    }

    private static Document completed(Call call, CallEnd end) {
        Document fields = new Document();
        if (end.status().mayFollow(call.status())) {
            fields.put(CallDocuments.STATUS, end.status().wire());
            fields.put(CallDocuments.ENDED_AT, Date.from(end.at()));
            fields.put(CallDocuments.DURATION, end.duration() == null ? seconds(call, end.at()) : end.duration());
            set(fields, CallDocuments.ENDED_BY, call.endedBy() == null ? end.endedBy() : null);
            set(fields, CallDocuments.ERROR, end.error());
        }
        return fields;
    }

    /** Notes the agent that has answered a call which was read a moment ago. */
    public void answered(Call call, String provider, String agentId, Instant at) {
        change(call, now -> advanced(now, CallStatus.IN_PROGRESS, at)
                .append(CallDocuments.PROVIDER, provider)
                .append(CallDocuments.AGENT_ID, agentId));
    }

    /** Notes the agent that the call goes to. */
    public void assign(String id, String provider, String agentId) {
        change(id, call -> new Document(CallDocuments.PROVIDER, provider).append(CallDocuments.AGENT_ID, agentId));
    }

    /** Notes the agent that the call was placed for, unless it has one. */
    public void meantFor(String id, String agentId) {
        change(id, call -> call.agentId() == null ? new Document(CallDocuments.AGENT_ID, agentId) : new Document());
    }

    /** Notes the provider's id of the call; one that another call has already is left to that call. */
    public void providerCall(String id, String providerCallId) {
        try {
            change(id, call -> new Document(CallDocuments.PROVIDER_CALL_ID, providerCallId));
        } catch (MongoException e) {
            if (!isDuplicate(e)) {
                throw e;
            }
            LOG.warn("Call {} did not get its provider's id, which another call has", id);
        }
    }

    /**
     * Adds what went through a media leg, and notes how that ended; the call itself goes on until {@link #complete}. Who
     * ended it stays as first noted, and null overwrites nothing.
     */
    public void media(String id, MediaFigures figures, @Nullable String endedBy, @Nullable String error) {
        change(id, call -> ending(call, endedBy, error)
                .append(CallDocuments.MEDIA, CallDocuments.of(call.media().plus(figures))));
    }

    /** Notes who is ending the call, or what went wrong with it; as for {@link #media}. */
    public void note(String id, @Nullable String endedBy, @Nullable String error) {
        change(id, call -> ending(call, endedBy, error));
    }

    private static Document ending(Call call, @Nullable String endedBy, @Nullable String error) {
        Document fields = new Document();
        set(fields, CallDocuments.ENDED_BY, call.endedBy() == null ? endedBy : null);
        set(fields, CallDocuments.ERROR, error);
        return fields;
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

    /**
     * The same as below for a call that was read a moment ago: one command, unless somebody was faster. Only for changes
     * that go by what moves forward (status, and answered_at with it) or stays as first noted (ended_by), as nothing else
     * is compared.
     */
    private boolean change(Call read, Function<Call, Document> change) {
        Document fields = change.apply(read);
        if (fields.isEmpty()) {
            return false;
        }
        Document unchanged = new Document("_id", read.id())
                .append(CallDocuments.STATUS, read.status().wire())
                .append(CallDocuments.ENDED_BY, read.endedBy());
        return update(unchanged, fields) || change(read.id(), change);
    }

    /** Sets the fields that {@code change} makes of the call as it is now; empty = leave it. @return whether it changed */
    private boolean change(String idOrSid, Function<Call, Document> change) {
        while (true) {
            Document document = document(idOrSid);
            Document fields = document == null ? new Document() : change.apply(CallDocuments.call(document));
            if (document == null || fields.isEmpty()) {
                return false;
            }
            if (update(new Document("_id", document.get("_id")).append(REVISION, document.get(REVISION)), fields)) {
                return true;
            }
        }
    }

    /** @return false when the call is not as it was */
    private boolean update(Document asItWas, Document fields) {
        Document now = calls.findOneAndUpdate(
                asItWas, new Document("$set", fields).append("$inc", new Document(REVISION, 1)), AS_IT_IS_THEN);
        if (now == null) {
            return false;
        }
        Date ended = fields.getDate(CallDocuments.ENDED_AT);
        if (now.getBoolean(SESSION, false) && fields.containsKey(CallDocuments.STATUS)) {
            sessions.advance(
                    now.getString("_id"),
                    fields.getString(CallDocuments.STATUS),
                    ended == null ? Instant.now() : ended.toInstant());
        }
        if (ended != null) {
            told.tell(over(CallDocuments.call(now), ended.toInstant()));
        }
        return true;
    }

    private static CallEvent over(Call call, Instant at) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put(CallDocuments.STATUS, call.status().wire());
        data.put(CallDocuments.DURATION, call.duration());
        data.put(CallDocuments.ENDED_BY, call.endedBy());
        data.put(CallDocuments.ERROR, call.error());
        return new CallEvent(Ids.next(), call.id(), CallEvents.COMPLETED, at, data);
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

    private static boolean isDuplicate(MongoException e) {
        return ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY;
    }
}
