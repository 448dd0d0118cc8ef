package dev.patchbay;

import dev.patchbay.http.GatewayReady;
import dev.patchbay.http.Health;
import dev.patchbay.http.Health.State;
import dev.patchbay.http.ProviderProbe;
import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.media.AudioFirst;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.media.WarmUp;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** From started to ready (the media path is warm, {@code /health} is up) and from ready to stopped (calls end first). */
@Component
final class GatewayLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayLifecycle.class);

    private final Vertx vertx;
    private final List<WarmUp> warmUps;
    private final List<ProviderProbe> probes;
    private final Health health;
    private final MediaStreams streams;
    private final ApplicationEventPublisher events;
    private final PublicPlaneProperties plane;
    private final ServletWebServerApplicationContext servlet;

    GatewayLifecycle(
            Vertx vertx,
            List<WarmUp> warmUps,
            List<ProviderProbe> probes,
            Health health,
            MediaStreams streams,
            ApplicationEventPublisher events,
            PublicPlaneProperties plane,
            ServletWebServerApplicationContext servlet) {
        this.vertx = vertx;
        this.warmUps = warmUps;
        this.probes = probes;
        this.health = health;
        this.streams = streams;
        this.events = events;
        this.plane = plane;
        this.servlet = servlet;
    }

    @EventListener(ApplicationReadyEvent.class)
    void started() throws Exception {
        long begin = System.nanoTime();
        Promise<Void> warm = Promise.promise();
        vertx.runOnContext(v -> WarmUp.runAll(warmUps, vertx).onComplete(warm));
        warm.future().toCompletionStage().toCompletableFuture().get();
        LOG.info("Media path warm after {} ms", (System.nanoTime() - begin) / 1_000_000);
        AudioFirst.compilersCanWait();
        health.is(State.RUNNING);
        probes.forEach(ProviderProbe::start);
        events.publishEvent(
                new GatewayReady(plane.port(), servlet.getWebServer().getPort()));
    }

    @EventListener(ContextClosedEvent.class)
    void stopping() throws InterruptedException {
        health.is(State.DRAINING);
        streams.drain("The gateway is shutting down", Duration.ofSeconds(5));
    }
}
