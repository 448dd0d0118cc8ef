package dev.patchbay.metrics;

import dev.patchbay.store.CallSums;
import dev.patchbay.store.ProviderStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls and sessions on record as Prometheus sees them, read when it asks. A collector rather than meters, because
 * providers and statuses are known by their records only, and all figures of one answer are of one moment.
 */
final class RecordMeters implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(RecordMeters.class);

    private final Supplier<GatewayFigures> figures;

    RecordMeters(Supplier<GatewayFigures> figures) {
        this.figures = figures;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            return snapshots(figures.get());
        } catch (RuntimeException e) {
            // Without the store the other figures, such as the memory's, are wanted all the more.
            LOG.warn(
                    "The figures of calls and sessions cannot be read: {}",
                    e.getClass().getName());
            return new MetricSnapshots();
        }
    }

    private static MetricSnapshots snapshots(GatewayFigures figures) {
        Map<ProviderStatus, CallSums> calls = figures.calls();
        Map<ProviderStatus, Long> sessions = figures.sessions();
        return MetricSnapshots.of(
                statuses("patchbay_calls", "Calls on record", calls),
                active("patchbay_calls_active", "Calls that are not over", calls),
                over("patchbay_calls_completed", "Calls that are over, however they ended", calls),
                counter("patchbay_call_errors", "Calls that failed or have an error", calls, CallSums::errors),
                summary(
                        "patchbay_call_duration_seconds",
                        "Durations of calls that are over",
                        calls,
                        CallSums::measured,
                        CallSums::seconds,
                        1),
                counter("patchbay_call_frames_in", "Frames of 20 ms from callers", calls, CallSums::framesIn),
                counter("patchbay_call_frames_out", "Frames of 20 ms to callers", calls, CallSums::framesOut),
                counter("patchbay_call_frames_dropped", "Frames given up", calls, CallSums::dropped),
                counter("patchbay_call_frames_late", "Frames that came too late", calls, CallSums::late),
                summary(
                        "patchbay_call_first_audio_seconds",
                        "From the start of a stream until its agent was heard",
                        calls,
                        CallSums::heard,
                        CallSums::firstAudioMillis,
                        1_000),
                statuses("patchbay_sessions", "Sessions on record", sessions),
                active("patchbay_sessions_active", "Sessions that are not over", sessions),
                over("patchbay_sessions_completed", "Sessions that are over, however they ended", sessions));
    }

    private static GaugeSnapshot statuses(String name, String help, Map<ProviderStatus, ?> all) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        all.forEach((key, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("provider", key.provider(), "status", key.status()))
                .value(GatewayFigures.number(value))
                .build()));
        return gauge.build();
    }

    private static <T> GaugeSnapshot active(String name, String help, Map<ProviderStatus, T> all) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        GatewayFigures.byProvider(all)
                .forEach((provider, part) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("provider", provider))
                        .value(GatewayFigures.count(part, false))
                        .build()));
        return gauge.build();
    }

    private static <T> CounterSnapshot over(String name, String help, Map<ProviderStatus, T> all) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        GatewayFigures.byProvider(all)
                .forEach((provider, part) -> counter.dataPoint(point(provider, GatewayFigures.count(part, true))));
        return counter.build();
    }

    private static CounterSnapshot counter(
            String name, String help, Map<ProviderStatus, CallSums> calls, ToLongFunction<CallSums> figure) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        GatewayFigures.byProvider(calls)
                .forEach((provider, part) ->
                        counter.dataPoint(point(provider, figure.applyAsLong(GatewayFigures.sum(part)))));
        return counter.build();
    }

    /** @param unit how many of the sum's units are a second */
    private static SummarySnapshot summary(
            String name,
            String help,
            Map<ProviderStatus, CallSums> calls,
            ToLongFunction<CallSums> count,
            ToLongFunction<CallSums> sum,
            double unit) {
        SummarySnapshot.Builder summary = SummarySnapshot.builder().name(name).help(help);
        GatewayFigures.byProvider(calls).forEach((provider, part) -> {
            CallSums sums = GatewayFigures.sum(part);
            summary.dataPoint(SummaryDataPointSnapshot.builder()
                    .labels(Labels.of("provider", provider))
                    .count(count.applyAsLong(sums))
                    .sum(sum.applyAsLong(sums) / unit)
                    .build());
        });
        return summary.build();
    }

    private static CounterDataPointSnapshot point(String provider, long value) {
        return CounterDataPointSnapshot.builder()
                .labels(Labels.of("provider", provider))
                .value(value)
                .build();
    }
}
