package dev.patchbay.route;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.context.ApplicationContext;

/**
 * One generation of the YAML routes: a CamelContext of its own over the application's beans, with its own router. It is
 * built whole or not at all, takes requests while it is current, and stops when its last request has ended.
 */
final class Generation {

    private final DefaultCamelContext context;
    private final Router router;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean retired = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();

    private Generation(DefaultCamelContext context, Router router) {
        this.context = context;
        this.router = router;
    }

    /**
     * Loads and starts all files.
     *
     * @param name of the CamelContext, as JMX and hawtio show it
     * @throws PatchbayRoutesException when a file cannot be loaded or a route does not start; nothing is left running
     */
    static Generation build(String name, RouteFiles files, ApplicationContext beans, Vertx vertx) {
        DefaultCamelContext context =
                new DefaultCamelContext(new DefaultRegistry(new ApplicationContextBeanRepository(beans)));
        Router router = Router.router(vertx);
        Path loading = files.dir();
        try {
            context.getCamelContextExtension().setName(name);
            context.getManagementStrategy().getManagementAgent().setMBeansLevel(ManagementMBeansLevel.RoutesOnly);
            context.getPropertiesComponent().addPropertiesSource(new Settings(beans));
            context.getComponent("direct", DirectComponent.class).setBlock(false);
            context.getComponent("kamelet", KameletComponent.class).setLocation(files.kameletLocation());
            CallPaths paths = context.getRegistry().findSingleByType(CallPaths.class);
            if (paths != null) {
                paths.follow(context);
            }
            EntryConfiguration.bind(context, vertx, router);
            for (Path file : files.list()) {
                loading = file;
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.resolveResource(context, "file:" + file.toAbsolutePath()));
            }
            loading = files.dir();
            context.start();
            return new Generation(context, router);
        } catch (PatchbayRoutesException e) {
            close(context);
            throw e;
        } catch (Exception e) {
            close(context);
            throw new PatchbayRoutesException(loading + ": " + reason(e), e);
        }
    }

    /** Counts a request in; false when this generation has been retired meanwhile and another should take it. */
    boolean enter() {
        inFlight.incrementAndGet();
        if (retired.get()) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        if (inFlight.decrementAndGet() == 0 && retired.get()) {
            stop();
        }
    }

    void handle(RoutingContext request) {
        router.handleContext(request);
    }

    CamelContext context() {
        return context;
    }

    boolean has(String routeId) {
        return context.getRoute(routeId) != null;
    }

    /** Runs an exchange through the route with this id, on the calling thread. */
    Exchange send(String routeId, Processor prepare) throws Exception {
        Endpoint endpoint = context.getEndpoint("direct:" + routeId);
        Exchange exchange = endpoint.createExchange();
        prepare.process(exchange);
        Producer producer = endpoint.createProducer();
        producer.start();
        try {
            producer.process(exchange);
        } finally {
            producer.stop();
        }
        return exchange;
    }

    /** Takes no more requests, and stops after the last. */
    void retire() {
        retired.set(true);
        if (inFlight.get() == 0) {
            stop();
        }
    }

    /** Stops now. */
    void stop() {
        if (stopped.compareAndSet(false, true)) {
            close(context);
        }
    }

    private static void close(DefaultCamelContext context) {
        try {
            context.close();
        } catch (IOException e) {
            throw new IllegalStateException("Routes did not stop", e);
        }
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** {@code {{placeholders}}} are Spring's settings, and whether a provider is on. */
    private record Settings(ApplicationContext beans) implements PropertiesSource {

        @Override
        public String getName() {
            return "spring";
        }

        @Override
        @SuppressWarnings("NullAway") // Camel takes null for "not here".
        public String getProperty(String key) {
            return beans.getBeanProvider(ProviderSwitch.class).stream()
                    .filter(provider -> provider.key().equals(key))
                    .map(provider -> String.valueOf(provider.on()))
                    .findFirst()
                    .orElseGet(() -> beans.getEnvironment().getProperty(key));
        }
    }
}
