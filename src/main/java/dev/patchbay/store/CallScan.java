package dev.patchbay.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.patchbay.call.CallStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Reads many calls in the order they were made, as little of each as figures need, a page at a time: neither we nor the
 * embedded store ever hold more than a page.
 */
final class CallScan {

    private static final int PAGE = 1_000;

    private static final Bson FIGURES = Projections.include(
            "started_at",
            CallDocuments.PROVIDER,
            CallDocuments.AGENT_ID,
            CallDocuments.STATUS,
            CallDocuments.ANSWERED_AT,
            CallDocuments.ENDED_AT,
            CallDocuments.DURATION,
            CallDocuments.ERROR,
            CallDocuments.MEDIA);

    private final MongoCollection<Document> calls;

    CallScan(MongoCollection<Document> calls) {
        this.calls = calls;
    }

    /**
     * Shows the calls with ids between the two, the first included.
     *
     * @param until nanoTime at which to stop, between pages
     * @return the id from which to go on; {@code end} when all were shown
     */
    String read(String from, String end, long until, Consumer<Document> call) {
        String next = from;
        while (System.nanoTime() - until < 0) {
            List<Document> page = calls.find(new Document("_id", new Document("$gte", next).append("$lt", end)))
                    .sort(CallKeys.OLDEST_FIRST)
                    .limit(PAGE)
                    .projection(FIGURES)
                    .into(new ArrayList<>());
            page.forEach(call);
            if (page.size() < PAGE) {
                return end;
            }
            // The smallest text after this id.
            next = page.get(PAGE - 1).getString("_id") + '\0';
        }
        return next;
    }

    /** Shows the calls with these ids. */
    void read(List<String> ids, Consumer<Document> call) {
        for (int i = 0; i < ids.size(); i += PAGE) {
            List<String> some = ids.subList(i, Math.min(i + PAGE, ids.size()));
            calls.find(new Document("_id", new Document("$in", some)))
                    .projection(FIGURES)
                    .forEach(call);
        }
    }

    static CallStatus status(Document call) {
        String status = call.getString(CallDocuments.STATUS);
        return CallStatus.of(status == null ? "" : status).orElse(CallStatus.QUEUED);
    }

    /** Whether something went wrong in a call. */
    static boolean isFaulty(Document call) {
        return call.get(CallDocuments.ERROR) != null || status(call) == CallStatus.FAILED;
    }
}
