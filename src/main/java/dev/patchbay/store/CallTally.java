package dev.patchbay.store;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;

/**
 * All calls on record, added up by provider and status. A call that is over and has been for a while is added once and not
 * read again, so that asking every few seconds costs no more after a year of calls than on the first day; the first time it
 * reads them all, over several questions if need be. Several gateways on one MongoDB see each other's calls.
 */
public final class CallTally {

    /** Answers younger than this are given again. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** How long one question may read. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Calls younger than this may still come to lie before others: an id is made before its record is stored. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** What comes late to a record, such as the figures of its media, has come this long after its end. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    /** A call that nobody ended after so long stays what it is. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    /** Greater than every id. */
    private static final String LAST = "~";

    private final CallScan scan;
    private final Clock clock;
    private final NavigableMap<ProviderStatus, CallSums> settled = new TreeMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private String next = "";
    private Map<ProviderStatus, CallSums> answer = Map.of();
    private Instant answeredAt = Instant.MIN;

    public CallTally(MongoDatabase database) {
        this(database, Clock.systemUTC());
    }

    CallTally(MongoDatabase database, Clock clock) {
        scan = new CallScan(database.getCollection(StoreSchema.CALLS));
        this.clock = clock;
    }

    /** The figures by provider and status, in order. Blocks: for worker threads only. */
    public synchronized Map<ProviderStatus, CallSums> read() {
        Instant now = clock.instant();
        if (answeredAt.isBefore(now.minus(FRESH))) {
            NavigableMap<ProviderStatus, CallSums> sums = new TreeMap<>();
            readOpen(now, sums);
            readNew(now, sums);
            settled.forEach((key, some) -> sums.merge(key, some, CallSums::plus));
            answer = Collections.unmodifiableMap(sums);
            answeredAt = now;
        }
        return answer;
    }

    private void readOpen(Instant now, Map<ProviderStatus, CallSums> moving) {
        Set<String> gone = new HashSet<>(open);
        scan.read(List.copyOf(open), call -> {
            gone.remove(call.getString("_id"));
            add(call, now, moving);
        });
        open.removeAll(gone);
    }

    private void readNew(Instant now, Map<ProviderStatus, CallSums> moving) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        String young = Ids.smallestAt(now.minus(YOUNG));
        if (next.compareTo(young) < 0) {
            next = scan.read(next, young, until, call -> add(call, now, moving));
        }
        if (next.compareTo(young) >= 0) {
            String unused = scan.read(next, LAST, until, call -> add(moving, call));
        }
    }

    private void add(Document call, Instant now, Map<ProviderStatus, CallSums> moving) {
        if (isSettled(call, now)) {
            open.remove(call.getString("_id"));
            add(settled, call);
        } else {
            open.add(call.getString("_id"));
            add(moving, call);
        }
    }

    private static void add(Map<ProviderStatus, CallSums> sums, Document call) {
        ProviderStatus key = ProviderStatus.of(
                call.getString(CallDocuments.PROVIDER), CallScan.status(call).wire());
        sums.merge(key, CallSums.of(call), CallSums::plus);
    }

    private static boolean isSettled(Document call, Instant now) {
        Date end = call.getDate(CallDocuments.ENDED_AT);
        Date start = call.getDate("started_at");
        return CallScan.status(call).isTerminal()
                ? end == null || end.toInstant().isBefore(now.minus(SETTLED))
                : start == null || start.toInstant().isBefore(now.minus(FORGOTTEN));
    }
}
