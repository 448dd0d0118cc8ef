package dev.patchbay.route;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's routes as Prometheus sees them: the counters that they keep for JMX, read when it asks. (The route policy of
 * camel-micrometer formats texts for every exchange, and an exchange is a frame of audio here.) The counters of the YAML
 * routes go on from one generation to the next.
 */
final class RouteMeters implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(RouteMeters.class);

    private final Supplier<List<CamelContext>> contexts;

    /** @param contexts those that have routes at the moment */
    RouteMeters(Supplier<List<CamelContext>> contexts) {
        this.contexts = contexts;
    }

    @Override
    public MetricSnapshots collect() {
        CounterSnapshot.Builder exchanges =
                CounterSnapshot.builder().name("camel_route_exchanges").help("Exchanges that went through a route");
        CounterSnapshot.Builder failed =
                CounterSnapshot.builder().name("camel_route_exchanges_failed").help("Exchanges that a route failed");
        CounterSnapshot.Builder seconds = CounterSnapshot.builder()
                .name("camel_route_processing_seconds")
                .help("Time that exchanges spent in a route");
        GaugeSnapshot.Builder inFlight =
                GaugeSnapshot.builder().name("camel_route_exchanges_inflight").help("Exchanges in a route now");
        contexts.get().stream().flatMap(RouteMeters::routes).forEach(route -> {
            try {
                Labels labels = Labels.of("route", route.getRouteId());
                exchanges.dataPoint(count(labels, route.getExchangesTotal()));
                failed.dataPoint(count(labels, route.getExchangesFailed()));
                seconds.dataPoint(count(labels, route.getTotalProcessingTime() / 1_000.0));
                inFlight.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(route.getExchangesInflight())
                        .build());
            } catch (Exception e) {
                // Its generation ends just now.
                LOG.debug("A route's counters cannot be read", e);
            }
        });
        return MetricSnapshots.of(exchanges.build(), failed.build(), seconds.build(), inFlight.build());
    }

    private static Stream<ManagedRouteMBean> routes(CamelContext context) {
        ManagedCamelContext managed = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        return managed == null
                ? Stream.of()
                : context.getRoutes().stream()
                        // Every use of a kamelet is a route whose id is another one in each generation; what goes
                        // through it is counted by the route that uses it.
                        .filter(route -> !route.isCreatedByKamelet())
                        .map(route -> managed.getManagedRoute(route.getRouteId()))
                        .filter(Objects::nonNull);
    }

    private static CounterDataPointSnapshot count(Labels labels, double value) {
        return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
    }
}
