package dev.patchbay.http;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one caller may use the REST API: a bucket of tokens each, full at first, refilled evenly. It lives as long as
 * the gateway, so an edit of the routes gives nobody a new bucket.
 */
public final class RateLimit {

    /** Callers that are remembered; above that, whoever has been silent longest begins with a full bucket again. */
    static final int MAX_CALLERS = 1_000;

    private final Bandwidth bandwidth;
    private final TimeMeter clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true);

    /** @param perMinute requests of one caller in a minute, 1 or more; as many may come at once */
    public RateLimit(int perMinute) {
        this(perMinute, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(int perMinute, TimeMeter clock) {
        this.bandwidth = Bandwidth.builder()
                .capacity(perMinute)
                .refillGreedy(perMinute, Duration.ofMinutes(1))
                .build();
        this.clock = clock;
    }

    /** Counts a request of this caller: zero when it may pass, else how long until one may. */
    public Duration take(String caller) {
        ConsumptionProbe probe = bucket(caller).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    int callers() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    private Bucket bucket(String caller) {
        synchronized (buckets) {
            Bucket bucket = buckets.computeIfAbsent(caller, name -> Bucket.builder()
                    .addLimit(bandwidth)
                    .withCustomTimePrecision(clock)
                    .build());
            if (buckets.size() > MAX_CALLERS) {
                buckets.remove(buckets.keySet().iterator().next()); // in order of use: the longest silent
            }
            return bucket;
        }
    }
}
