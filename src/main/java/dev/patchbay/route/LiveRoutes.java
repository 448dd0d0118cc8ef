package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.route.RouteVersions.Version;
import dev.patchbay.route.check.BrokenFile;
import dev.patchbay.route.check.RouteCheck;
import dev.patchbay.route.check.RouteFinding;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.RouteSources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs what is in the routes folder, as long as it can run: a good edit goes live, a bad one is told about and changes
 * nothing. At the start files that cannot be used are left out and the rest runs; without reload they fail the start.
 */
public final class LiveRoutes implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    private static final String LEFT_OUT = "these files are left out";
    private static final String GOES_ON = "what ran before goes on";

    private final RouteFolder folder;
    private final boolean reload;
    private final RouteCheck check;
    private final Routes routes;
    private final RouteVersions versions;
    private final RouteStatus status;
    private @Nullable RouteWatch watch;

    /** As it runs; null before the start. */
    private @Nullable RouteSources running;

    private Set<String> leftOut = Set.of();

    /** 0 for a state that is not kept. */
    private long version;

    /** The state of the folder that must not run, because somebody went back from it; null for none. */
    private @Nullable String heldAgainst;

    /** What was looked at last, good or not: it is told about once. */
    private @Nullable RouteSources seen;

    /** @param reload whether the folder is watched, and a file that is wrong at the start left out */
    LiveRoutes(
            RouteFolder folder,
            boolean reload,
            RouteCheck check,
            Routes routes,
            RouteVersions versions,
            RouteStatus status) {
        this.folder = folder;
        this.reload = reload;
        this.check = check;
        this.routes = routes;
        this.versions = versions;
        this.status = status;
    }

    @Override
    public synchronized void start() {
        RouteSources found = folder.read();
        seen = found;
        if (!runHeld(found)) {
            List<RouteFinding> findings = runIfGood(found);
            if (!findings.isEmpty() && reload) {
                tell(found, findings, LEFT_OUT);
                runWithout(found, findings, "start");
            } else if (!findings.isEmpty()) {
                throw new PatchbayRoutesException(found, findings, null);
            }
        }
        if (reload) {
            watch = new RouteWatch(folder, this::look);
            watch.start();
        }
    }

    /**
     * What was tried before the last stop is not tried again, which makes the start shorter; should it not run any more,
     * because the gateway or its settings are others, everything is looked at.
     */
    private List<RouteFinding> runIfGood(RouteSources found) {
        List<RouteFinding> findings = check.check(found, newest(), List.of());
        if (!findings.isEmpty()) {
            return check.check(found);
        }
        try {
            flip(found, List.of(), "start", false);
            return List.of();
        } catch (PatchbayRoutesException e) {
            return all(found, e);
        }
    }

    /** What was found when it was built, told with places when everything is looked at. */
    private List<RouteFinding> all(RouteSources found, PatchbayRoutesException e) {
        List<RouteFinding> all = check.check(found);
        return all.isEmpty() ? e.findings() : all;
    }

    private @Nullable RouteSources newest() {
        return versions.newest()
                .flatMap(newest -> versions.sources(newest.number(), folder.dir()))
                .orElse(null);
    }

    /** A rollback holds across a restart, until the folder has something else that is good. */
    private boolean runHeld(RouteSources found) {
        RouteVersions.Running last = versions.running().orElse(null);
        if (last == null || last.heldAgainst() == null) {
            return false;
        }
        boolean same = found.fingerprint().equals(last.heldAgainst());
        List<RouteFinding> findings = same ? List.of() : check.check(found);
        if (!same && findings.isEmpty()) {
            return false;
        }
        RouteSources old = versions.sources(last.version(), folder.dir()).orElse(null);
        if (old == null || !check.check(old).isEmpty()) {
            LOG.warn("Version {} of the routes, which somebody went back to, cannot run any more", last.version());
            return false;
        }
        heldAgainst = last.heldAgainst();
        version = last.version();
        try {
            flip(old, List.of(), "start", true);
        } catch (PatchbayRoutesException e) {
            LOG.warn("Version {} of the routes, which somebody went back to, cannot run any more", version, e);
            heldAgainst = null;
            version = 0;
            return false;
        }
        LOG.warn("Version {} of the routes runs, which somebody went back to; the next save ends that", version);
        if (!findings.isEmpty()) {
            tell(found, findings, GOES_ON);
        }
        return true;
    }

    /** What the watch has found. */
    synchronized void look(RouteSources found) {
        RouteSources before = running;
        if (before == null || (seen != null && found.differences(seen).isEmpty())) {
            return;
        }
        seen = found;
        if (found.fingerprint().equals(heldAgainst)) {
            return;
        }
        if (leftOut.isEmpty() && found.differences(before).isEmpty()) {
            LOG.info("Routes: the folder is again as it runs");
            hold(null);
            status.clear();
            return;
        }
        long begin = System.nanoTime();
        List<RouteFinding> findings = check.check(found, before, List.of());
        try {
            if (findings.isEmpty()) {
                flip(found, List.of(), "save", false);
            } else if (!leftOut.isEmpty() && leftOut.containsAll(paths(findings))) {
                // What was broken at the start still is; that must not keep the rest from changing.
                tell(found, findings, LEFT_OUT);
                runWithout(found, findings, "save");
            } else {
                tell(found, findings, GOES_ON);
            }
        } catch (PatchbayRoutesException e) {
            tell(found, all(found, e), GOES_ON);
        }
        LOG.debug("Looked at the routes for {} ms", (System.nanoTime() - begin) / 1_000_000);
    }

    /** Leaves files out until the rest runs: at the start any, later none that ran before. */
    private void runWithout(RouteSources found, List<RouteFinding> findings, String by) {
        RouteSources good = newest();
        Map<String, List<RouteFinding>> all = new TreeMap<>();
        List<RouteFinding> more = findings;
        while (!more.isEmpty()) {
            int before = all.size();
            more.forEach(finding -> all.computeIfAbsent(finding.path(), path -> new ArrayList<>())
                    .add(finding));
            boolean isTooMuch = running != null && !leftOut.containsAll(all.keySet());
            if (isTooMuch || all.size() == before || all.containsKey("")) {
                throw new PatchbayRoutesException(found, more, null);
            }
            RouteSources rest = found.without(all.keySet());
            more = check.check(rest, null, all.keySet());
            if (more.isEmpty()) {
                List<BrokenFile> broken = all.entrySet().stream()
                        .map(each -> BrokenFile.of(found, each.getKey(), each.getValue(), good))
                        .toList();
                try {
                    flip(rest, broken, by, false);
                } catch (PatchbayRoutesException e) {
                    more = e.findings();
                }
            }
        }
    }

    private static Set<String> paths(List<RouteFinding> findings) {
        return findings.stream().map(RouteFinding::path).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Makes a state the one that runs.
     *
     * @param isKept whether it is a version already: {@code version}
     */
    private void flip(RouteSources next, List<BrokenFile> broken, String by, boolean isKept) {
        long begin = System.nanoTime();
        RouteSources before = running;
        int generation = routes.flip(next, broken);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        running = next;
        leftOut = broken.stream().map(BrokenFile::path).collect(Collectors.toSet());
        if (!isKept) {
            long ranBefore = version != 0
                    ? version
                    : versions.running().map(RouteVersions.Running::version).orElse(0L);
            version = broken.isEmpty() ? versions.keep(next, ranBefore) : 0;
            heldAgainst = null;
        }
        if (version != 0) {
            versions.running(new RouteVersions.Running(version, heldAgainst));
        }
        RouteChanges changes = RouteChanges.between(before, next);
        RouteStatus.Flip flip =
                new RouteStatus.Flip(Instant.now(), generation, version, by, changes, broken.size(), millis);
        status.flipped(flip, next, broken, heldAgainst != null);
        versions.audit(flip.toMap());
        LOG.info(
                "Routes {} ({}): {}{}",
                "routes-" + generation,
                by,
                before == null ? next.routeFiles().size() + " files of routes run" : changes.text(),
                broken.isEmpty() ? "" : "; left out: " + String.join(", ", leftOut));
    }

    private void tell(RouteSources found, List<RouteFinding> findings, String consequence) {
        status.refused(found, findings);
        LOG.error(
                "Routes: {} in {}, {}\n{}",
                findings.size() == 1 ? "a mistake" : findings.size() + " mistakes",
                folder.dir(),
                consequence,
                findings.stream().map(finding -> finding.textWithExcerpt(found)).collect(Collectors.joining("\n")));
    }

    private void hold(@Nullable String against) {
        heldAgainst = against;
        if (version != 0) {
            versions.running(new RouteVersions.Running(version, against));
        }
        status.held(against != null);
    }

    /**
     * Goes back to the version that ran before this one, until the folder has something that is neither what it has now nor
     * wrong.
     *
     * @param who for the audit
     * @return the flip, as {@link #status} tells it
     * @throws PatchbayException when there is no such version, or it cannot run any more
     */
    public synchronized Map<String, Object> rollback(String who) {
        if (running == null) {
            throw new PatchbayException(ErrorCategory.UNAVAILABLE, null, "The gateway is starting");
        }
        long target = version == 0
                ? versions.newest().map(Version::number).orElse(0L)
                : versions.find(version).map(Version::before).orElse(0L);
        RouteSources old = target == 0 || versions.find(target).isEmpty()
                ? null
                : versions.sources(target, folder.dir()).orElse(null);
        if (old == null) {
            throw new PatchbayException(
                    ErrorCategory.CONFLICT, null, "There is no version of the routes before the one that runs");
        }
        List<RouteFinding> findings = check.check(old);
        if (!findings.isEmpty()) {
            throw new PatchbayException(
                    ErrorCategory.UNPROCESSABLE,
                    null,
                    "Version %d cannot run any more: %s"
                            .formatted(target, findings.get(0).text(old)));
        }
        RouteSources now = folder.read();
        long from = version;
        String heldBefore = heldAgainst;
        version = target;
        heldAgainst = now.fingerprint();
        try {
            flip(old, List.of(), "rollback by " + who, true);
        } catch (PatchbayRoutesException e) {
            version = from;
            heldAgainst = heldBefore;
            throw new PatchbayException(
                    ErrorCategory.UNPROCESSABLE,
                    null,
                    "Version %d cannot run any more: %s".formatted(target, e.getMessage()));
        }
        seen = now;
        return status.lastFlip().toMap();
    }

    /** For {@code /actuator/routes-status}; waits for no edit that is being checked. */
    public Map<String, Object> status() {
        return status.toMap(routes.draining());
    }

    /** What is edited from now on is not noticed. */
    void stopWatching() {
        RouteWatch looking = watch;
        if (looking != null) {
            looking.stop();
        }
    }

    @Override
    public void stop() {
        stopWatching();
        routes.stop();
        synchronized (this) {
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return routes.isRunning();
    }

    /** Before the public plane, after the main context. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 20;
    }
}
