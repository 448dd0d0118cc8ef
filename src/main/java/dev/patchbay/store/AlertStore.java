package dev.patchbay.store;

import static dev.patchbay.store.CallDocuments.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that people are called about, collection {@code alerts}, one document for each by its name. Checks, webhooks and
 * other gateways change one alert at the same time, so every change is compare-and-set. All methods block: for worker
 * threads only.
 */
public final class AlertStore {

    private static final String REVISION = "revision";

    private final MongoCollection<Document> alerts;

    public AlertStore(MongoDatabase database) {
        alerts = database.getCollection("alerts");
    }

    /** How an alert stands. */
    public enum State {
        /** All is well. */
        QUIET,
        /** People are called, one after the other. */
        CALLING,
        /** Somebody has taken it. */
        TAKEN,
        /** Everybody was called, and nobody has taken it. */
        UNHEARD
    }

    /**
     * @param failures checks that failed one after the other
     * @param turn whose turn it is: 1 for the first person of the list, and on beyond its end
     * @param calls that were placed about it
     * @param refused calls that could not be placed, one after the other
     * @param callId our id of the call that goes on about it; null: nobody is being called
     * @param since when it came into this state, or to this call
     * @param revision counts its changes; 0 for one that is not stored yet
     */
    public record Alert(
            String name,
            State state,
            int failures,
            int turn,
            int calls,
            int refused,
            @Nullable String callId,
            Instant since,
            int revision) {

        /** All is well. */
        public Alert quiet(Instant now) {
            return new Alert(name, State.QUIET, 0, 1, 0, 0, null, now, revision);
        }

        /** One more check has failed. */
        public Alert failed() {
            return new Alert(name, state, failures + 1, turn, calls, refused, callId, since, revision);
        }

        /** People are called, from the first one on. */
        public Alert raised(Instant now) {
            return new Alert(name, State.CALLING, failures, 1, 0, 0, null, now, revision);
        }

        /** Nobody is being called, at this moment. */
        public Alert waiting(Instant now) {
            return new Alert(name, state, failures, turn, calls, refused, null, now, revision);
        }

        /** Whose turn it is is being called. */
        public Alert calling(String id, Instant now) {
            return new Alert(name, state, failures, turn + 1, calls + 1, refused, id, now, revision);
        }

        /** The call that goes on about it was placed. */
        public Alert placed() {
            return new Alert(name, state, failures, turn, calls, 0, callId, since, revision);
        }

        /** The call that should go on about it could not be placed. */
        public Alert refused(Instant now) {
            return new Alert(name, state, failures, turn, calls - 1, refused + 1, null, now, revision);
        }

        /** Nobody else is called. */
        public Alert settled(State how, Instant now) {
            return new Alert(name, how, failures, turn, calls, refused, null, now, revision);
        }
    }

    /** The alert of this name; one that was never raised is quiet. */
    public Alert find(String name) {
        Document document = alerts.find(new Document("_id", name)).first();
        return document == null ? new Alert(name, State.QUIET, 0, 1, 0, 0, null, Instant.EPOCH, 0) : alert(document);
    }

    /** Puts an alert in the place of the one that was read. @return false when somebody else has changed it meanwhile */
    public boolean change(Alert before, Alert after) {
        Document document = document(after).append(REVISION, before.revision() + 1);
        if (before.revision() > 0) {
            Document unchanged = new Document("_id", before.name()).append(REVISION, before.revision());
            return alerts.replaceOne(unchanged, document).getMatchedCount() == 1;
        }
        try {
            alerts.insertOne(document);
            return true;
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    private static Document document(Alert alert) {
        Document document = new Document("_id", alert.name())
                .append("state", alert.state().name())
                .append("failures", alert.failures())
                .append("turn", alert.turn())
                .append("calls", alert.calls())
                .append("refused", alert.refused())
                .append("since", Date.from(alert.since()));
        set(document, "call_id", alert.callId());
        return document;
    }

    private static Alert alert(Document document) {
        return new Alert(
                document.getString("_id"),
                State.valueOf(document.getString("state")),
                document.getInteger("failures", 0),
                document.getInteger("turn", 1),
                document.getInteger("calls", 0),
                document.getInteger("refused", 0),
                document.getString("call_id"),
                Objects.requireNonNull(document.getDate("since"), "since").toInstant(),
                document.getInteger(REVISION, 0));
    }
}
