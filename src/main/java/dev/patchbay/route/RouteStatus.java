package dev.patchbay.route;

import dev.patchbay.http.RouteFault;
import dev.patchbay.route.check.BrokenFile;
import dev.patchbay.route.check.RouteFinding;
import dev.patchbay.route.check.RouteSources;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the routes: what runs since when, what is wrong with the folder, what changed lately. */
public final class RouteStatus {

    private static final int FLIPS = 20;

    private final String folder;
    private final boolean reload;
    private final Deque<Flip> flips = new ArrayDeque<>();
    private List<RouteFinding> findings = List.of();
    private @Nullable RouteSources found;
    private @Nullable Instant foundAt;
    private @Nullable RouteSources running;
    private List<BrokenFile> broken = List.of();
    private boolean held;
    private long refused;
    private long flipped;

    /**
     * One change of what runs.
     *
     * @param generation its number since the start
     * @param version under which it is kept; 0 when it is not
     * @param by {@code start}, {@code save} or {@code rollback by ...}
     * @param leftOut files that were left out
     * @param millis that it took to build it and flip
     */
    record Flip(Instant at, int generation, long version, String by, RouteChanges changes, int leftOut, long millis) {

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("at", at.toString());
            map.put("generation", generation);
            map.put("version", version);
            map.put("by", by);
            map.put("summary", changes.text());
            map.put("added", changes.added());
            map.put("changed", changes.changed());
            map.put("removed", changes.removed());
            map.put("left_out", leftOut);
            map.put("millis", millis);
            return map;
        }
    }

    RouteStatus(String folder, boolean reload) {
        this.folder = folder;
        this.reload = reload;
    }

    synchronized void flipped(Flip flip, RouteSources sources, List<BrokenFile> missing, boolean isHeld) {
        flips.addFirst(flip);
        if (flips.size() > FLIPS) {
            flips.removeLast();
        }
        flipped++;
        running = sources;
        broken = missing;
        held = isHeld;
        if (missing.isEmpty()) {
            clear();
        }
    }

    synchronized void refused(RouteSources sources, List<RouteFinding> wrong) {
        found = sources;
        foundAt = Instant.now();
        findings = List.copyOf(wrong);
        refused++;
    }

    /** Nothing is wrong with the folder. */
    synchronized void clear() {
        findings = List.of();
        found = null;
        foundAt = null;
    }

    synchronized void held(boolean now) {
        held = now;
    }

    synchronized Flip lastFlip() {
        return flips.getFirst();
    }

    synchronized int findingCount() {
        return findings.size();
    }

    synchronized long flipCount() {
        return flipped;
    }

    synchronized long refusedCount() {
        return refused;
    }

    /** Files that do not run, for {@code /health}. */
    public synchronized List<RouteFault> faults() {
        return broken.stream()
                .map(file -> new RouteFault(shown(file.path()), file.routes(), file.reasons()))
                .toList();
    }

    /** For {@code /actuator/routes-status}. */
    synchronized Map<String, Object> toMap(Draining draining) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("folder", folder);
        map.put("reload", reload);
        Flip last = flips.peekFirst();
        if (last != null) {
            Map<String, Object> now = new LinkedHashMap<>();
            now.put("generation", last.generation());
            now.put("version", last.version());
            now.put("since", last.at().toString());
            now.put("by", last.by());
            now.put("files", running == null ? 0 : running.routeFiles().size());
            map.put("running", now);
        }
        map.put("state", !broken.isEmpty() ? "degraded" : held ? "held" : findings.isEmpty() ? "ok" : "refused");
        map.put("left_out", broken.stream().map(this::brokenMap).toList());
        map.put("found_at", foundAt == null ? null : foundAt.toString());
        map.put("findings", findings.stream().map(this::findingMap).toList());
        map.put(
                "draining",
                draining.list().stream().map(RouteStatus::drainingMap).toList());
        map.put("abandoned_requests", draining.abandoned());
        map.put("flips", flips.stream().map(Flip::toMap).toList());
        return map;
    }

    private Map<String, Object> brokenMap(BrokenFile file) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", shown(file.path()));
        map.put("routes", file.routes());
        map.put("reasons", file.reasons());
        return map;
    }

    private Map<String, Object> findingMap(RouteFinding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", shown(finding.path()));
        map.put("line", finding.line());
        map.put("column", finding.column());
        map.put("reason", finding.reason());
        map.put("excerpt", finding.excerpt());
        return map;
    }

    private static Map<String, Object> drainingMap(Draining.Waiting waiting) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("generation", waiting.generation().name());
        map.put("since", waiting.since().toString());
        map.put("requests", waiting.generation().inFlight());
        return map;
    }

    private String shown(String path) {
        RouteSources known = found == null ? running : found;
        return known == null ? path : known.shown(path);
    }
}
