package dev.patchbay.sandbox;

import dev.patchbay.sandbox.caller.CallReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The reports of the last 20 simulated calls, with their recordings. */
final class RecentCalls {
    private static final int MOST_KEPT = 20;

    private final Deque<CallReport> reports = new ArrayDeque<>();

    synchronized void add(CallReport report) {
        reports.addLast(report);
        if (reports.size() > MOST_KEPT) {
            reports.removeFirst();
        }
    }

    synchronized Optional<CallReport> find(String callSid) {
        return reports.stream()
                .filter(report -> report.callSid().equals(callSid))
                .findFirst();
    }

    /** Newest first. */
    synchronized List<CallReport> list() {
        List<CallReport> newestFirst = new ArrayList<>(reports);
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
