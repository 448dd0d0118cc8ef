package dev.patchbay.metrics;

import dev.patchbay.store.CallTally;
import dev.patchbay.store.SessionTally;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway's figures, for the REST API and for Prometheus. */
@Configuration
public class MetricsConfiguration {

    @Bean
    GatewayMetrics gatewayMetrics(CallTally calls, SessionTally sessions, PrometheusMeterRegistry registry) {
        return new GatewayMetrics(calls, sessions, registry);
    }
}
