package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.openapi.ApiEdition;
import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.route.check.BrokenFile;
import dev.patchbay.route.check.RouteBeans;
import dev.patchbay.route.check.RouteContexts;
import dev.patchbay.route.check.RouteFinding;
import dev.patchbay.route.check.RouteSources;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.ManagementMBeansLevel;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * One generation of the YAML routes: a CamelContext of its own over the application's beans, with its own router. It is
 * built whole or not at all, takes requests while it is current, and stops when its last request has ended.
 */
final class Generation {

    private final DefaultCamelContext context;
    private final Router router;
    private final @Nullable ApiEdition api;
    private final ActiveRoutes active;
    private final RouteCounters counters;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicBoolean retired = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile Runnable whenEmpty = () -> {};

    private Generation(
            DefaultCamelContext context,
            Router router,
            @Nullable ApiEdition api,
            ActiveRoutes active,
            RouteCounters counters) {
        this.context = context;
        this.router = router;
        this.api = api;
        this.active = active;
        this.counters = counters;
    }

    /**
     * Loads all files and starts what waits for requests. Routes that act by themselves, such as timers, wait for
     * {@link #activate}.
     *
     * @param name of the CamelContext, as JMX and hawtio show it
     * @param broken files that are not among the sources; their entries answer 503
     * @throws PatchbayRoutesException when a file cannot be loaded or a route does not start; nothing is left running
     */
    static Generation build(
            String name,
            RouteSources sources,
            List<BrokenFile> broken,
            RouteBeans beans,
            Vertx vertx,
            ApiEditions documents) {
        DefaultCamelContext context = RouteContexts.of(name, sources, beans);
        Router router = Router.router(vertx);
        String loading = "";
        try {
            ApiEdition api = sources.has(RouteSources.API_DOCUMENT)
                    ? documents.of(sources.shown(RouteSources.API_DOCUMENT), sources.text(RouteSources.API_DOCUMENT))
                    : null;
            context.getManagementStrategy().getManagementAgent().setMBeansLevel(ManagementMBeansLevel.RoutesOnly);
            CallPaths paths = context.getRegistry().findSingleByType(CallPaths.class);
            if (paths != null) {
                paths.follow(context);
            }
            RouteTracer.follow(context);
            RouteCounters counters = RouteCounters.of(context);
            ActiveRoutes active = ActiveRoutes.of(context);
            EntryConfiguration.bind(context, vertx, router);
            for (String path : sources.routeFiles()) {
                loading = path;
                RouteContexts.load(context, sources, path);
            }
            loading = "";
            context.start();
            broken.forEach(file -> file.doors().forEach(door -> close(router, door, file)));
            return new Generation(context, router, api, active, counters);
        } catch (Exception e) {
            close(context, Duration.ZERO);
            String path = loading.isEmpty() ? pathOf(e, sources) : loading;
            throw new PatchbayRoutesException(sources, List.of(RouteFinding.of(path, reason(e))), e);
        }
    }

    /**
     * Starts the routes that act by themselves, when those of the generation before have stopped: a schedule runs in one
     * generation.
     *
     * @throws PatchbayRoutesException when one does not start; then those of the generation before run again
     */
    void activate(RouteSources sources, @Nullable Generation before) {
        try {
            active.takeOver(before == null ? null : before.active);
        } catch (Exception e) {
            throw new PatchbayRoutesException(sources, List.of(RouteFinding.of(pathOf(e, sources), reason(e))), e);
        }
        if (before != null) {
            counters.goOnFrom(before.counters);
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
            end();
        }
    }

    void handle(RoutingContext request) {
        router.handleContext(request);
    }

    private static void close(Router router, BrokenFile.Door door, BrokenFile file) {
        router.route(HttpMethod.valueOf(door.method()), door.path().replaceAll("\\{([^/}]+)}", ":$1"))
                .handler(request -> ProblemResponse.send(
                        request,
                        Problem.of(
                                ErrorCategory.UNAVAILABLE,
                                "The route %s has a mistake in its file and does not run"
                                        .formatted(RouteSources.name(file.path())))));
    }

    Optional<ApiEdition> api() {
        return Optional.ofNullable(api);
    }

    CamelContext context() {
        return context;
    }

    String name() {
        return context.getName();
    }

    /** Requests that have come and not ended. */
    int inFlight() {
        return inFlight.get();
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

    /**
     * Takes no more requests.
     *
     * @param whenEmpty called once, when the last has ended, on any thread
     */
    void retire(Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
        retired.set(true);
        if (inFlight.get() == 0) {
            end();
        }
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            whenEmpty.run();
        }
    }

    /**
     * Stops; blocks meanwhile.
     *
     * @param patience for what routes still do besides requests: a wire tap, a tick of a timer
     */
    void stop(Duration patience) {
        if (stopped.compareAndSet(false, true)) {
            close(context, patience);
            counters.end();
        }
    }

    private static void close(DefaultCamelContext context, Duration patience) {
        try {
            context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            context.getShutdownStrategy().setTimeout(Math.max(1, patience.toMillis()));
            context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
            context.close();
        } catch (IOException e) {
            throw new IllegalStateException("Routes did not stop", e);
        }
    }

    /** The file of the route that does not start; the folder when nobody knows. */
    private static String pathOf(Throwable thrown, RouteSources sources) {
        for (Throwable cause = thrown; cause != null && cause.getCause() != cause; cause = cause.getCause()) {
            String id = cause instanceof FailedToCreateRouteException create
                    ? create.getRouteId()
                    : cause instanceof FailedToStartRouteException start ? start.getRouteId() : null;
            if (id != null) {
                return sources.routeFiles().stream()
                        .filter(path -> RouteSources.name(path).equals(id))
                        .findFirst()
                        .orElse("");
            }
        }
        return "";
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
