package dev.patchbay.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What one run measured, as one line of JSON on the generator's standard output. Durations in ms. A frame is one of the caller's that went to the agent and came back.
 *
 * @param error empty, or why there are no figures
 * @param cpuMicrosPerFrame CPU of the gateway's process per frame, us
 * @param gatewayCpu share of one core, likewise {@code generatorCpu}: near 1 the generator is what is measured
 * @param lost frames sent and not received, after waiting while any still came
 * @param misplaced frames out of order or damaged
 * @param lagP99 how late the generator sent
 * @param heapPerCall bytes of live heap per live call; -1 when not measured
 * @param rssKb of the gateway: at the run's end; for short calls a sample per tenth of the calls
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record LoadResult(
        String error,
        int calls,
        long frames,
        double cpuMicrosPerFrame,
        double p50,
        double p99,
        double max,
        long sent,
        long lost,
        long misplaced,
        long lostCalls,
        double gatewayCpu,
        double generatorCpu,
        double lagP99,
        double setUpSeconds,
        double webhookP50,
        double webhookP99,
        long heapPerCall,
        List<Long> rssKb) {

    static LoadResult failed(int calls, String error) {
        return new LoadResult(error, calls, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, List.of());
    }

    /** Whether the generator itself was late by more than 5 ms: saturated, or robbed of its core by other work. Its delays then count for nothing. */
    boolean generatorLate() {
        return lagP99 > 5;
    }

    boolean ok() {
        return error.isEmpty();
    }
}
