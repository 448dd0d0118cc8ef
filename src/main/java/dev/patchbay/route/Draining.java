package dev.patchbay.route;

import dev.patchbay.media.AudioFirst;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generations that take no more requests and wait for the end of those that they have: a few at most, and not for ever. On
 * threads that give way to audio; the last request of a generation may end on an event loop.
 */
final class Draining {

    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

    /** A generation costs some MB. While so many wait, the next edit waits too. */
    private static final int MOST = 4;

    /** Longer than any entry's deadline; what is older only sends a long answer over a slow line. */
    private static final Duration LONGEST = Duration.ofSeconds(150);

    /** For what routes do besides requests. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScheduledThreadPoolExecutor threads =
            new ScheduledThreadPoolExecutor(MOST, AudioFirst.threads("routes-drain-"));
    private final List<Waiting> waiting = new ArrayList<>();
    private final AtomicLong abandoned = new AtomicLong();

    Draining() {
        threads.setRemoveOnCancelPolicy(
                true); // Else each would keep its generation for as long as it could have waited.
    }

    /**
     * A generation that waits.
     *
     * @param since when it took its last request
     */
    record Waiting(Generation generation, Instant since) {}

    /** Waits until there is a place for one more. */
    synchronized void awaitPlace() throws InterruptedException {
        while (waiting.size() >= MOST) {
            LOG.info("{} generations of the routes still have requests; the edit waits", waiting.size());
            wait(LONGEST.toMillis());
        }
    }

    /** Retires a generation, and stops it when its last request has ended, or when that takes too long. */
    void add(Generation generation) {
        Waiting place = new Waiting(generation, Instant.now());
        synchronized (this) {
            waiting.add(place);
        }
        Future<?> limit = threads.schedule(() -> giveUp(place), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        generation.retire(() -> {
            limit.cancel(false);
            try {
                threads.execute(() -> end(place, PATIENCE));
            } catch (RejectedExecutionException e) {
                LOG.debug("{} is stopped with the gateway", generation.name());
            }
        });
    }

    /** Those that wait. */
    synchronized List<Waiting> list() {
        return List.copyOf(waiting);
    }

    /** Requests that were older than the longest wait, since the start. */
    long abandoned() {
        return abandoned.get();
    }

    void stop() {
        threads.shutdownNow();
        list().forEach(place -> place.generation().stop(Duration.ZERO));
    }

    private void giveUp(Waiting place) {
        if (list().contains(place)) {
            int left = place.generation().inFlight();
            abandoned.addAndGet(left);
            LOG.warn(
                    "{}: {} requests are not over after {} s; its routes stop now",
                    place.generation().name(),
                    left,
                    LONGEST.toSeconds());
            end(place, Duration.ofSeconds(1));
        }
    }

    private void end(Waiting place, Duration patience) {
        try {
            place.generation().stop(patience);
        } catch (RuntimeException e) {
            LOG.error("{} did not stop", place.generation().name(), e);
        } finally {
            synchronized (this) {
                waiting.remove(place);
                notifyAll();
            }
        }
    }
}
