package dev.patchbay.route;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows Camel's routes to Prometheus: those of the main context and of the current generation. */
@Configuration
public class RouteMetricsConfiguration {

    /** How often the routes changed, and whether the folder is as it runs. */
    @Bean
    MeterBinder routeEdits(RouteStatus status, Routes routes) {
        return registry -> {
            FunctionCounter.builder("patchbay.routes.flips", status, RouteStatus::flipCount)
                    .description("Changes of the routes that went live, the start included")
                    .register(registry);
            FunctionCounter.builder("patchbay.routes.refused", status, RouteStatus::refusedCount)
                    .description("States of the routes folder that were refused")
                    .register(registry);
            FunctionCounter.builder("patchbay.routes.abandoned.requests", routes.draining(), Draining::abandoned)
                    .description("Requests that outlived their routes")
                    .register(registry);
            Gauge.builder("patchbay.routes.findings", status, RouteStatus::findingCount)
                    .description("What is wrong with the routes folder now")
                    .register(registry);
            Gauge.builder("patchbay.routes.draining", routes, running -> running.draining()
                            .list()
                            .size())
                    .description("Generations of routes that still have requests")
                    .register(registry);
        };
    }

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
