package dev.patchbay.route;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Camel's platform-http on a router of our own: no server is started by it, and every consumer is an
 * {@link EntryConsumer}.
 */
final class EntryConfiguration extends VertxPlatformHttpEngine {

    private final String routerName = VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort());

    static void bind(CamelContext context, Vertx vertx, Router router) {
        EntryConfiguration engine = new EntryConfiguration();
        engine.setCamelContext(context);
        context.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, engine);
        context.getRegistry()
                .bind(engine.routerName, new VertxPlatformHttpRouter(null, vertx, router, engine.routerName));
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        endpoint.setUseBodyHandler(false);
        endpoint.setHeaderFilterStrategy(new ResponseHeaders());
        return new EntryConsumer(
                endpoint, RouteTracer.entry(endpoint, processor), routerName, new EntryConsumer.Guard());
    }

    /** A number for the router's name only; the public plane's servers are not Camel's. */
    @Override
    public int getServerPort() {
        return 1;
    }
}
