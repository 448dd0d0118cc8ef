package dev.patchbay.media;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Live audio as Prometheus sees it. The routes' own counters are read when somebody asks: a timer per frame, as
 * camel-micrometer's route policy has it, costs a frame more than its codec.
 */
@Configuration
public class MediaMetricsConfiguration {

    @Bean
    MeterBinder mediaMeters(CamelContext camelContext, MediaStreams streams) {
        return registry -> {
            for (String route : new String[] {"media-caller", "media-agent"}) {
                FunctionCounter.builder("patchbay.media.frames", camelContext, camel -> frames(camel, route, false))
                        .description("Frames that went through a media route")
                        .tag("route", route)
                        .register(registry);
                FunctionCounter.builder(
                                "patchbay.media.frames.failed", camelContext, camel -> frames(camel, route, true))
                        .description("Frames that did not come through their route")
                        .tag("route", route)
                        .register(registry);
            }
            Gauge.builder("patchbay.media.calls", streams, MediaStreams::load)
                    .description("Open media sockets, and calls answered a moment ago")
                    .register(registry);
        };
    }

    private static double frames(CamelContext camel, String routeId, boolean failed) {
        ManagedCamelContext managed = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        ManagedRouteMBean route = managed == null ? null : managed.getManagedRoute(routeId);
        try {
            return route == null ? 0 : failed ? route.getExchangesFailed() : route.getExchangesTotal();
        } catch (Exception e) {
            throw new IllegalStateException("No counters of route " + routeId, e);
        }
    }
}
