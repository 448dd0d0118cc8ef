package dev.patchbay.metrics;

import dev.patchbay.store.CallSums;
import dev.patchbay.store.ProviderStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway has done so far, as JSON-ready maps.
 *
 * @param calls the calls on record by provider and status
 * @param sessions the sessions on record by provider and status
 */
record GatewayFigures(Map<ProviderStatus, CallSums> calls, Map<ProviderStatus, Long> sessions) {

    /**
     * {@code {calls: {total, active, completed, errors, duration, media, by_provider}, sessions: {total, active, completed,
     * by_provider}}}; {@code by_provider} has the same for each, and {@code by_status}. Completed are all that are over,
     * however they ended.
     */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("calls", withProviders(calls, GatewayFigures::callsJson));
        json.put("sessions", withProviders(sessions, GatewayFigures::counts));
        return json;
    }

    /** The parts of the providers, in order. */
    static <T> Map<String, Map<ProviderStatus, T>> byProvider(Map<ProviderStatus, T> all) {
        Map<String, Map<ProviderStatus, T>> providers = new TreeMap<>();
        all.forEach((key, value) -> providers
                .computeIfAbsent(key.provider(), provider -> new TreeMap<>())
                .put(key, value));
        return providers;
    }

    static CallSums sum(Map<ProviderStatus, CallSums> calls) {
        return calls.values().stream().reduce(CallSums.NONE, CallSums::plus);
    }

    static long count(Map<ProviderStatus, ?> all, boolean over) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().isOver() == over)
                .mapToLong(entry -> number(entry.getValue()))
                .sum();
    }

    static long number(Object figures) {
        return figures instanceof CallSums sums ? sums.calls() : ((Number) figures).longValue();
    }

    private static <T> Map<String, @Nullable Object> withProviders(
            Map<ProviderStatus, T> all, Function<Map<ProviderStatus, T>, Map<String, @Nullable Object>> json) {
        Map<String, @Nullable Object> shape = json.apply(all);
        Map<String, @Nullable Object> providers = new LinkedHashMap<>();
        byProvider(all).forEach((provider, part) -> {
            Map<String, @Nullable Object> figures = json.apply(part);
            Map<String, @Nullable Object> statuses = new LinkedHashMap<>();
            part.forEach((key, value) -> statuses.put(key.status(), number(value)));
            figures.put("by_status", statuses);
            providers.put(provider, figures);
        });
        shape.put("by_provider", providers);
        return shape;
    }

    private static Map<String, @Nullable Object> counts(Map<ProviderStatus, ?> all) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("total", count(all, true) + count(all, false));
        json.put("active", count(all, false));
        json.put("completed", count(all, true));
        return json;
    }

    private static Map<String, @Nullable Object> callsJson(Map<ProviderStatus, CallSums> all) {
        CallSums sums = sum(all);
        Map<String, @Nullable Object> json = counts(all);
        json.put("errors", sums.errors());
        Map<String, @Nullable Object> duration = new LinkedHashMap<>();
        duration.put("count", sums.measured());
        duration.put("total_seconds", sums.seconds());
        duration.put("average_seconds", average(sums.seconds(), sums.measured()));
        json.put("duration", duration);
        json.put("media", media(sums));
        return json;
    }

    private static Map<String, @Nullable Object> media(CallSums sums) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("frames_in", sums.framesIn());
        json.put("frames_out", sums.framesOut());
        json.put("dropped", sums.dropped());
        json.put("late", sums.late());
        Map<String, @Nullable Object> firstAudio = new LinkedHashMap<>();
        firstAudio.put("count", sums.heard());
        firstAudio.put("average", average(sums.firstAudioMillis(), sums.heard()));
        firstAudio.put("max", sums.heard() == 0 ? null : sums.longestFirstAudioMillis());
        json.put("first_audio_ms", firstAudio);
        return json;
    }

    private static @Nullable Double average(long sum, long count) {
        return count == 0 ? null : Math.round(10.0 * sum / count) / 10.0;
    }
}
