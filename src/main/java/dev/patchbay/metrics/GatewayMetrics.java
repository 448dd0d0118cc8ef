package dev.patchbay.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.http.Accept;
import dev.patchbay.store.CallTally;
import dev.patchbay.store.SessionTally;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's figures as the REST API gives them: JSON, or the text of OpenMetrics or Prometheus for those who ask for
 * it. The text has the same figures that the operations plane shows to Prometheus, without those of the JVM.
 */
public final class GatewayMetrics {

    private static final String JSON = "application/json";
    private static final List<String> OFFERS = List.of(
            JSON,
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            "text/plain; version=0.0.4; charset=utf-8");

    private static final String OURS = "patchbay_";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final CallTally calls;
    private final SessionTally sessions;
    private final PrometheusMeterRegistry registry;

    /** Adds the figures of calls and sessions to the registry, too. */
    public GatewayMetrics(CallTally calls, SessionTally sessions, PrometheusMeterRegistry registry) {
        this.calls = calls;
        this.sessions = sessions;
        this.registry = registry;
        registry.getPrometheusRegistry().register(new RecordMeters(this::figures));
    }

    /** The media type of the answer to a request with this {@code Accept} header; JSON for all that we do not have. */
    public String mediaType(@Nullable String accept) {
        return Accept.best(accept, OFFERS).orElse(JSON);
    }

    /** The figures in one of those media types. */
    public String text(String mediaType) throws JsonProcessingException {
        return mediaType.equals(JSON)
                ? MAPPER.writeValueAsString(figures().json())
                : registry.scrape(mediaType, names());
    }

    private GatewayFigures figures() {
        return new GatewayFigures(calls.read(), sessions.read());
    }

    private Set<String> names() {
        return registry.getPrometheusRegistry().scrape(name -> name.startsWith(OURS)).stream()
                .map(snapshot -> snapshot.getMetadata().getPrometheusName())
                .collect(Collectors.toSet());
    }
}
