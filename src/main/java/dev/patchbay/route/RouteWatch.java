package dev.patchbay.route;

import dev.patchbay.media.AudioFirst;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.RouteFolder.Stamp;
import dev.patchbay.route.check.RouteSources;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a folder of routes again and again, on a thread that gives way to audio, and says when it has changed and has
 * been still for a moment: many saves in a row, a rename in two steps or a file that is written slowly are one change.
 *
 * <p>Polling, because the events of the operating system do not come through network and container mounts, are lost when a
 * folder is replaced, and must be asked for anew for every new folder; to look at some hundred files costs about a
 * millisecond.
 */
final class RouteWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RouteWatch.class);

    /** From one look to the next while nothing happens. */
    private static final Duration EVERY = Duration.ofMillis(200);

    /** From one look to the next while somebody writes. */
    private static final Duration EVERY_SOON = Duration.ofMillis(50);

    /** How long the folder must have been as it is. */
    private static final Duration STILL = Duration.ofMillis(300);

    /** Some tools keep a file's time and size, so its content is read now and then whatever the disk says. */
    private static final Duration READ_ANYWAY = Duration.ofSeconds(10);

    private final RouteFolder folder;
    private final Consumer<RouteSources> changed;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(AudioFirst.threadsSoon("routes-watch-"));
    private Map<String, Stamp> seen;
    private long seenAt;
    private long toldAt;
    private boolean dirty;

    /** @param changed gets the folder as it is now, on the thread of the watch; whether that is news it finds out itself */
    RouteWatch(RouteFolder folder, Consumer<RouteSources> changed) {
        this.folder = folder;
        this.changed = changed;
        this.seen = folder.stamps();
        this.seenAt = System.nanoTime();
        this.toldAt = seenAt;
    }

    /** The first look tells, so that an edit that was made during the start is not overlooked. */
    void start() {
        dirty = true;
        next(EVERY_SOON);
    }

    /** Looks no more; what is being done about an edit is waited for, for a moment. */
    void stop() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("An edit of the routes is still being looked at");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            long now = System.nanoTime();
            Map<String, Stamp> stamps = folder.stamps();
            if (!stamps.equals(seen)) {
                seen = stamps;
                seenAt = now;
                dirty = true;
            }
            boolean overdue = now - toldAt >= READ_ANYWAY.toNanos();
            if ((dirty || overdue) && now - seenAt >= STILL.toNanos()) {
                tell(now);
            }
        } catch (CancellationException stopping) {
            return;
        } catch (RuntimeException e) {
            LOG.error("The routes folder could not be looked at", e);
        }
        next(dirty ? EVERY_SOON : EVERY);
    }

    private void tell(long now) {
        RouteSources read = folder.read();
        Map<String, Stamp> stamps = folder.stamps();
        if (stamps.equals(seen)) {
            dirty = false;
            toldAt = now;
            changed.accept(read);
        } else { // Somebody wrote while we read: half of it may be in.
            seen = stamps;
            seenAt = System.nanoTime();
            dirty = true;
        }
    }

    private void next(Duration wait) {
        try {
            thread.schedule(this::look, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            LOG.debug("The routes folder is looked at no more");
        }
    }
}
