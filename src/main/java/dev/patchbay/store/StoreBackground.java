package dev.patchbay.store;

import dev.patchbay.media.AudioFirst;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for what the store does by itself. A type of its own, as an executor bean would make Spring Boot leave out
 * its task executor.
 */
final class StoreBackground implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreBackground.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(AudioFirst.threads("store-"));

    /** Repeats a task with this pause; one that throws is logged and tried again after the next pause. */
    void every(Duration pause, Runnable task) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> attempt(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets no task begin any more, and waits a moment for one that runs. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // A schedule ends with the first exception that leaves its task. The message may carry data.
            LOG.warn("A background task of the store failed: {}", e.getClass().getName());
        }
    }
}
