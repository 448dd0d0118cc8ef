package dev.patchbay.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the inbound request that a thread works for must have been answered. A request runs on one worker thread, so the
 * thread carries it: what is called down there asks for the time left without being handed anything.
 */
public final class Deadline {

    private static final ThreadLocal<@Nullable Deadline> CURRENT = new ThreadLocal<>();

    /** Something that is done for a request. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    /** That much time from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The time left to the request that this thread works for; {@code otherwise} when it works for none. */
    public static Duration leftOr(Duration otherwise) {
        Deadline current = CURRENT.get();
        return current == null ? otherwise : current.left();
    }

    /** The time left, zero when it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    /** Does the work on this thread, under this deadline. */
    public void during(Work work) throws Exception {
        Deadline before = CURRENT.get();
        CURRENT.set(this);
        try {
            work.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
