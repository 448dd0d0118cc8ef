package dev.patchbay.sandbox.caller;

/** A call's own time, in samples at 8 kHz since its first media stream began. Monotonic. */
final class CallClock {
    private static final long NANOS_PER_SAMPLE = 125_000;

    private long startedNanos;
    private boolean started;

    /** Starts the clock; does nothing when it runs. */
    void start() {
        if (!started) {
            started = true;
            startedNanos = System.nanoTime();
        }
    }

    /** 0 before the start. */
    int now() {
        return started ? (int) ((System.nanoTime() - startedNanos) / NANOS_PER_SAMPLE) : 0;
    }

    /** Full milliseconds from now until a position, at least 1, as timers need it. */
    long millisUntil(int position) {
        return Math.max(1, (position - now() + 7) / 8);
    }
}
