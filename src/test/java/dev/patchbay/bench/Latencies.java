package dev.patchbay.bench;

/** Distribution of durations in buckets of 10 us up to 2 s; longer ones count in the last bucket. For one thread. */
final class Latencies {

    private static final int BUCKET_NANOS = 10_000;

    private final int[] buckets = new int[200_000];
    private long count;
    private long maxNanos;

    void record(long nanos) {
        int bucket = (int) Math.min(buckets.length - 1, Math.max(0, nanos) / BUCKET_NANOS);
        buckets[bucket]++;
        count++;
        maxNanos = Math.max(maxNanos, nanos);
    }

    long count() {
        return count;
    }

    /** Upper edge in ms of the bucket that holds this share (0 to 1) of what was recorded; 0 when nothing was. */
    double percentileMs(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int bucket = 0; bucket < buckets.length && rank > 0; bucket++) {
            seen += buckets[bucket];
            if (seen >= rank) {
                return Math.min((bucket + 1L) * BUCKET_NANOS, maxNanos) / 1e6;
            }
        }
        return 0;
    }

    double maxMs() {
        return maxNanos / 1e6;
    }
}
