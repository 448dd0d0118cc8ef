package dev.patchbay.store;

import static dev.patchbay.store.CallDocuments.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import dev.patchbay.store.DueList.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns, their calls, when each is due, which go on, and when to look what became of them: collections {@code
 * campaigns}, {@code campaign_calls} ({@code <campaign>:<ULID>}), {@code campaign_calls_due}, {@code campaign_calls_live}
 * (by our id of the call) and {@code campaign_calls_untold}. A call changes by compare-and-set on its state and attempts.
 * All methods block: for worker threads only.
 */
public final class CampaignStore {

    private static final String STATE = "state";
    private static final String ATTEMPTS = "attempts";
    private static final String BEGUN = "begun";
    private static final String STOPPED = "stopped";
    private static final int BATCH = 500;

    private final MongoCollection<Document> campaigns;
    private final MongoCollection<Document> calls;
    private final MongoCollection<Document> live;
    private final DueList due;
    private final DueList untold;

    public CampaignStore(MongoDatabase database) {
        campaigns = database.getCollection("campaigns");
        calls = database.getCollection("campaign_calls");
        live = database.getCollection("campaign_calls_live");
        due = new DueList(database, "campaign_calls_due");
        untold = new DueList(database, "campaign_calls_untold");
    }

    /**
     * @param begun whether its file has been read to the end; before, nobody is called
     * @param stopped whether somebody has stopped it
     */
    public record Campaign(String id, String agentId, Instant createdAt, boolean begun, boolean stopped) {}

    /** How a call of a campaign stands. */
    public enum State {
        /** It is still to be made, or made again. */
        WAITING,
        /** It goes on, or nobody knows yet how it ended. */
        CALLING,
        /** Somebody picked up. */
        REACHED,
        /** Nobody picked up, however often it was tried; or the number cannot be called. */
        FAILED,
        /** The number is on the do-not-call list. */
        REFUSED,
        /** The campaign was stopped before. */
        STOPPED
    }

    /**
     * A call of a campaign.
     *
     * @param phone E.164
     * @param zone the time zone of whom it goes to, as the file has it; null: the number's
     * @param context what the agent is told
     * @param attempts how often it was made
     * @param callId our id of the last attempt
     * @param last how the last attempt ended: {@code busy}, {@code no-answer}
     * @param notBefore of a call that waits: when it may be made again; of one that goes on: when somebody looks what became
     *     of it; null: at any time
     */
    public record CampaignCall(
            String id,
            String phone,
            @Nullable String zone,
            Map<String, Object> context,
            State state,
            int attempts,
            @Nullable String callId,
            @Nullable String last,
            @Nullable Instant notBefore) {

        public CampaignCall {
            context = Map.copyOf(context);
        }

        /** The campaign that it belongs to. */
        public String campaignId() {
            return id.substring(0, id.indexOf(':'));
        }

        /** The call is made now, under this id of ours. @param lookAt from when on somebody looks what became of it */
        public CampaignCall attempted(String newCallId, Instant lookAt) {
            return new CampaignCall(id, phone, zone, context, State.CALLING, attempts + 1, newCallId, last, lookAt);
        }

        /** The attempt ended so, and nothing follows; or none is made, and this is why. */
        public CampaignCall ended(State end, String how) {
            return new CampaignCall(id, phone, zone, context, end, attempts, callId, how, null);
        }

        /** The attempt ended so, and another one is made at this time. */
        public CampaignCall again(String how, Instant at) {
            return new CampaignCall(id, phone, zone, context, State.WAITING, attempts, callId, how, at);
        }

        /** The attempt was none and does not count; it is made at this time. */
        public CampaignCall postponed(Instant at) {
            return new CampaignCall(id, phone, zone, context, State.WAITING, attempts - 1, null, last, at);
        }
    }

    /** A call that is due, and the entry that says so. */
    public record DueCall(CampaignCall call, Due entry) {}

    /** A call that has not been made, for {@link #add}. */
    static CampaignCall call(String campaignId, String phone, @Nullable String zone, Map<String, Object> context) {
        return new CampaignCall(CallKeys.next(campaignId), phone, zone, context, State.WAITING, 0, null, null, null);
    }

    /** A campaign that has not begun. */
    void open(String id, String agentId, Instant at) {
        campaigns.insertOne(new Document("_id", id).append("agent_id", agentId).append("created_at", Date.from(at)));
    }

    public Optional<Campaign> find(String id) {
        return Optional.ofNullable(campaigns.find(new Document("_id", id)).first())
                .map(document -> new Campaign(
                        document.getString("_id"),
                        document.getString("agent_id"),
                        Objects.requireNonNull(document.getDate("created_at"), "created_at")
                                .toInstant(),
                        document.getBoolean(BEGUN, false),
                        document.getBoolean(STOPPED, false)));
    }

    /** No further call of the campaign is made. */
    public void stop(String id) {
        mark(id, STOPPED);
    }

    private void mark(String id, String flag) {
        campaigns.updateOne(new Document("_id", id), new Document("$set", new Document(flag, true)));
    }

    /** Adds calls that are not due yet. */
    void add(List<CampaignCall> batch) {
        if (!batch.isEmpty()) {
            calls.insertMany(batch.stream().map(CampaignStore::document).toList());
        }
    }

    /** Makes all calls of a campaign due, in their order, and then has it begin: wholly, or not at all. */
    void begin(String campaignId, Instant at) {
        List<String> batch = new ArrayList<>();
        for (Document call : calls.find(CallKeys.after(campaignId, null)).sort(CallKeys.OLDEST_FIRST)) {
            batch.add(call.getString("_id"));
            if (batch.size() == BATCH) {
                due.addAll(batch, at);
                batch.clear();
            }
        }
        due.addAll(batch, at);
        mark(campaignId, BEGUN);
    }

    /** Forgets a campaign that never began. */
    void discard(String campaignId) {
        calls.deleteMany(CallKeys.after(campaignId, null));
        campaigns.deleteOne(new Document("_id", campaignId));
    }

    /**
     * The call that has been due for longest.
     *
     * @param lease after which it is due again, unless it is {@link #settle settled}
     */
    public Optional<DueCall> take(Instant now, Duration lease) {
        return take(due, now, lease);
    }

    /** The entry has served its purpose. */
    public void settle(DueCall taken) {
        due.done(taken.entry());
    }

    /** A call that was to be over long ago; as {@link #take}. */
    public Optional<DueCall> takeUntold(Instant now, Duration lease) {
        return take(untold, now, lease);
    }

    /** It is known now how the call ended. */
    public void told(DueCall taken) {
        untold.done(taken.entry());
    }

    private Optional<DueCall> take(DueList list, Instant now, Duration lease) {
        while (true) {
            Optional<Due> entry = list.take(now, lease);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            Document document =
                    calls.find(new Document("_id", entry.get().what())).first();
            if (document != null) {
                return Optional.of(new DueCall(call(document), entry.get()));
            }
            list.done(entry.get());
        }
    }

    /** The call is due at this time, too. */
    public void defer(CampaignCall call, Instant until) {
        due.add(call.id(), until);
    }

    /** Puts a call in the place of the one that was read. @return false when somebody else has changed it meanwhile */
    public boolean change(CampaignCall before, CampaignCall after) {
        Document unchanged = new Document("_id", before.id())
                .append(STATE, before.state().name())
                .append(ATTEMPTS, before.attempts());
        return calls.replaceOne(unchanged, document(after)).getMatchedCount() == 1;
    }

    /**
     * Notes that a call goes on, so that its end finds the campaign; a second time does no harm.
     *
     * @param lookAt when to look, if nobody tells
     */
    public void going(CampaignCall call, Instant lookAt) {
        untold.add(call.id(), lookAt);
        live.replaceOne(
                new Document("_id", call.callId()),
                new Document("_id", call.callId()).append("campaign_call", call.id()),
                new ReplaceOptions().upsert(true));
    }

    /** The campaign's call that this call of ours is an attempt of. */
    public Optional<CampaignCall> findByCall(String callId) {
        return Optional.ofNullable(live.find(new Document("_id", callId)).first())
                .map(document -> calls.find(new Document("_id", document.getString("campaign_call")))
                        .first())
                .map(CampaignStore::call);
    }

    /** A call goes on no longer. */
    public void gone(String callId) {
        live.deleteOne(new Document("_id", callId));
    }

    /** How many calls go on, of all campaigns. */
    public long live() {
        return live.countDocuments();
    }

    /** How many calls of a campaign are in each state. */
    public Map<State, Integer> count(String campaignId) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (Document call : calls.find(CallKeys.after(campaignId, null))) {
            counts.merge(State.valueOf(call.getString(STATE)), 1, Integer::sum);
        }
        return counts;
    }

    /** Calls of a campaign in the order of its file. */
    public List<CampaignCall> list(String campaignId, int limit) {
        List<CampaignCall> found = new ArrayList<>();
        for (Document call : calls.find(CallKeys.after(campaignId, null))
                .sort(CallKeys.OLDEST_FIRST)
                .limit(limit)) {
            found.add(call(call));
        }
        return found;
    }

    private static Document document(CampaignCall call) {
        Document document = new Document("_id", call.id())
                .append("phone", call.phone())
                .append("context", new Document(call.context()))
                .append(STATE, call.state().name())
                .append(ATTEMPTS, call.attempts());
        set(document, "zone", call.zone());
        set(document, "call_id", call.callId());
        set(document, "last", call.last());
        set(document, "not_before", call.notBefore() == null ? null : Date.from(call.notBefore()));
        return document;
    }

    private static CampaignCall call(Document document) {
        Date notBefore = document.getDate("not_before");
        return new CampaignCall(
                document.getString("_id"),
                document.getString("phone"),
                document.getString("zone"),
                JsonValues.of(document.get("context", new Document())),
                State.valueOf(document.getString(STATE)),
                document.getInteger(ATTEMPTS, 0),
                document.getString("call_id"),
                document.getString("last"),
                notBefore == null ? null : notBefore.toInstant());
    }
}
