package dev.patchbay.route;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows Camel's routes to Prometheus: those of the main context and of the current generation. */
@Configuration
public class RouteMetricsConfiguration {

    @Bean
    MeterBinder routeMeters(CamelContext main, Routes routes) {
        return registry -> {
            if (registry instanceof PrometheusMeterRegistry prometheus) {
                prometheus.getPrometheusRegistry().register(new RouteMeters(() -> Stream.concat(
                                Stream.of(main), routes.context().stream())
                        .toList()));
            }
        };
    }
}
