package dev.patchbay.media.audio;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of work allocates once the compiler has settled. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RUNS = 10_000;

    private Allocation() {}

    /** Bytes per run, over 10,000 runs after as many to warm up. */
    static double perRun(Runnable work) {
        for (int i = 0; i < RUNS; i++) {
            work.run();
        }
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < RUNS; i++) {
            work.run();
        }
        return (double) (THREADS.getThreadAllocatedBytes(thread) - before) / RUNS;
    }
}
