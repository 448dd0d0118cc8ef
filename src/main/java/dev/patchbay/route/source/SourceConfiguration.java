package dev.patchbay.route.source;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows Prometheus what routes were too slow for. */
@Configuration
class SourceConfiguration {

    @Bean
    MeterBinder sourceMeters(SourceLosses losses) {
        return registry -> {
            FunctionCounter.builder("patchbay.call.events.dropped", losses, SourceLosses::events)
                    .description("Call events that a route of patchbay-call-source was too slow for")
                    .register(registry);
            FunctionCounter.builder("patchbay.media.tap.dropped", losses, SourceLosses::audioPieces)
                    .description("Pieces of audio that a route of patchbay-media-tap-source was too slow for")
                    .register(registry);
        };
    }
}
