package dev.patchbay.store;

import dev.patchbay.call.CallStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a group of calls. Durations are counted by their second, so that the percentile is exact and takes no
 * more memory than there are different durations.
 */
final class CallFigures {

    private static final double PERCENTILE = 0.95;

    private final TreeMap<Integer, Integer> durations = new TreeMap<>();
    private int calls;
    private int active;
    private int waiting;
    private int answered;
    private int succeeded;
    private int errors;
    private int measured;
    private long seconds;

    void add(Document call) {
        CallStatus status = CallScan.status(call);
        boolean wasAnswered = call.get(CallDocuments.ANSWERED_AT) != null
                || status == CallStatus.IN_PROGRESS
                || status == CallStatus.COMPLETED;
        calls++;
        active += status.isTerminal() ? 0 : 1;
        waiting += status.isTerminal() || wasAnswered ? 0 : 1;
        answered += wasAnswered ? 1 : 0;
        errors += CallScan.isFaulty(call) ? 1 : 0;
        if (status == CallStatus.COMPLETED) {
            succeeded += CallScan.isFaulty(call) ? 0 : 1;
            if (call.get(CallDocuments.DURATION) instanceof Number duration) {
                measured++;
                seconds += duration.longValue();
                durations.merge(duration.intValue(), 1, Integer::sum);
            }
        }
    }

    int calls() {
        return calls;
    }

    /**
     * {@code calls}, those of them {@code active}, {@code answered} and with {@code errors}; {@code minutes}, {@code
     * average_duration} and {@code p95_duration} (seconds) of those that were completed; {@code answer_rate} of those that
     * no longer ring, {@code success_rate} (completed without an error) of those that are over. Null where there are none.
     */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("calls", calls);
        json.put("active", active);
        json.put("answered", answered);
        json.put("errors", errors);
        json.put("minutes", rounded(seconds / 60.0, 100));
        json.put("average_duration", ratio(seconds, measured, 10));
        json.put("p95_duration", percentile());
        json.put("answer_rate", ratio(answered, calls - waiting, 10_000));
        json.put("success_rate", ratio(succeeded, calls - active, 10_000));
        return json;
    }

    /** The smallest duration that 95 of 100 calls do not exceed. */
    private @Nullable Integer percentile() {
        long rank = (long) Math.ceil(measured * PERCENTILE);
        for (Map.Entry<Integer, Integer> entry : durations.entrySet()) {
            rank -= entry.getValue();
            if (rank <= 0) {
                return entry.getKey();
            }
        }
        return null;
    }

    private static @Nullable Double ratio(long part, int whole, int precision) {
        return whole == 0 ? null : rounded((double) part / whole, precision);
    }

    private static double rounded(double value, int precision) {
        return (double) Math.round(value * precision) / precision;
    }
}
