package dev.patchbay.store;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Ids;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How calls went, by day, hour, agent, provider or outcome. The calls are read and added up here, page by page: the
 * embedded store can neither cut times into days nor tell a percentile, and its groups would all be in memory.
 */
public final class CallAnalytics {

    /** A call's id may have been made this much before or after the call began; a provider may tell us late. */
    private static final Duration MARGIN = Duration.ofDays(1);

    /** Within the deadline of an API request. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final CallScan scan;
    private final Clock clock;

    public CallAnalytics(MongoDatabase database) {
        this(database, Clock.systemUTC());
    }

    CallAnalytics(MongoDatabase database, Clock clock) {
        this.scan = new CallScan(database.getCollection(StoreSchema.CALLS));
        this.clock = clock;
    }

    /**
     * The figures of the calls that began in a time.
     *
     * @param from an ISO-8601 time or date; null is 30 days before {@code to}
     * @param to an ISO-8601 time, or a date, whose day is included; null is now
     * @param groupBy {@code day} (null too), {@code hour}, {@code agent}, {@code provider} or {@code outcome}
     * @return {@code {from, to, group_by, total: {...}, groups: [{key, ...}]}}; days and hours in order and without gaps,
     *     other groups by their number of calls
     * @throws PatchbayException {@code INVALID_REQUEST} naming a wrong parameter, {@code TIMED_OUT} for too many calls
     */
    public Map<String, @Nullable Object> calls(@Nullable String from, @Nullable String to, @Nullable String groupBy) {
        AnalyticsQuery query = AnalyticsQuery.of(from, to, groupBy, clock.instant());
        CallFigures total = new CallFigures();
        Map<Optional<String>, CallFigures> groups = new LinkedHashMap<>();
        query.periods().forEach(period -> groups.put(Optional.of(period), new CallFigures()));
        boolean inOrder = !groups.isEmpty();
        String end = Ids.smallestAt(query.to().plus(MARGIN));
        String read = scan.read(
                Ids.smallestAt(query.from().minus(MARGIN)), end, System.nanoTime() + PATIENCE.toNanos(), call -> {
                    Instant began = call.getDate("started_at").toInstant();
                    if (!began.isBefore(query.from()) && began.isBefore(query.to())) {
                        total.add(call);
                        groups.computeIfAbsent(Optional.ofNullable(query.group(call)), key -> new CallFigures())
                                .add(call);
                    }
                });
        if (!read.equals(end)) {
            throw new PatchbayException(
                    ErrorCategory.TIMED_OUT, null, "from and to enclose too many calls to be added up in time");
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("from", query.from().toString());
        json.put("to", query.to().toString());
        json.put("group_by", query.groupBy().wire());
        json.put("total", total.json());
        json.put("groups", shown(groups, inOrder));
        return json;
    }

    private static List<Map<String, @Nullable Object>> shown(
            Map<Optional<String>, CallFigures> groups, boolean inOrder) {
        List<Map.Entry<Optional<String>, CallFigures>> entries = new ArrayList<>(groups.entrySet());
        if (!inOrder) {
            entries.sort(Comparator.comparingInt(entry -> -entry.getValue().calls()));
        }
        List<Map<String, @Nullable Object>> shown = new ArrayList<>();
        for (Map.Entry<Optional<String>, CallFigures> entry : entries) {
            Map<String, @Nullable Object> group = new LinkedHashMap<>();
            group.put("key", entry.getKey().orElse(null));
            group.putAll(entry.getValue().json());
            shown.add(group);
        }
        return shown;
    }
}
