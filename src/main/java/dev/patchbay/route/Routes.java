package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.openapi.ApiEdition;
import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.route.check.BrokenFile;
import dev.patchbay.route.check.RouteBeans;
import dev.patchbay.route.check.RouteSources;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The YAML routes of the moment: one reference to the current {@link Generation}. Requests and the media path go through
 * here, so that no one holds on to a generation.
 */
public final class Routes implements Handler<RoutingContext> {

    private final RouteBeans beans;
    private final Vertx vertx;
    private final ApiEditions documents;
    private final AtomicInteger number = new AtomicInteger();
    private final Draining draining = new Draining();
    private volatile @Nullable Generation current;
    private volatile boolean stopped;

    public Routes(RouteBeans beans, Vertx vertx, ApiEditions documents) {
        this.beans = beans;
        this.vertx = vertx;
        this.documents = documents;
    }

    /** As {@link #flip(RouteSources, List)}, with nothing left out. */
    public int flip(RouteSources sources) {
        return flip(sources, List.of());
    }

    /**
     * Builds the next generation and makes it current; the one before ends with its last request. On failure nothing
     * changes. Waits while too many generations have requests.
     *
     * @param sources checked before; what Camel finds wrong all the same is found here
     * @param broken files that are not among them; their entries answer 503
     * @return the generation's number, counted from 1 since the start
     * @throws PatchbayRoutesException when the files cannot be run
     * @throws CancellationException when the gateway stops meanwhile
     */
    public synchronized int flip(RouteSources sources, List<BrokenFile> broken) {
        try {
            draining.awaitPlace();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        if (stopped) {
            throw new CancellationException("The gateway stops");
        }
        int next = number.incrementAndGet();
        Generation built = Generation.build("routes-" + next, sources, broken, beans, vertx, documents);
        Generation before = current;
        try {
            built.activate(sources, before);
        } catch (PatchbayRoutesException e) {
            built.stop(Duration.ZERO);
            throw e;
        }
        current = built;
        if (before != null) {
            draining.add(before);
        }
        return next;
    }

    @Override
    public void handle(RoutingContext request) {
        Generation generation = enter();
        if (generation == null) {
            request.fail(503);
            return;
        }
        request.addEndHandler(done -> generation.leave());
        generation.handle(request);
    }

    /** The document of the API that belongs to the current generation. */
    public Optional<ApiEdition> api() {
        return Optional.ofNullable(current).flatMap(Generation::api);
    }

    /** The context of the current generation. */
    Optional<CamelContext> context() {
        return Optional.ofNullable(current).map(Generation::context);
    }

    /** Whether this is the context of the current generation: the one that answers what happens now. */
    public boolean isCurrent(CamelContext context) {
        Generation generation = current;
        return generation != null && generation.context() == context;
    }

    /** Generations that still have requests. */
    Draining draining() {
        return draining;
    }

    /** Whether there is a route with this id. */
    public boolean has(String routeId) {
        Generation generation = current;
        return generation != null && generation.has(routeId);
    }

    /**
     * Runs an exchange through the route with this id, on the calling thread, which may block.
     *
     * @throws PatchbayException when there is no such route
     */
    public Exchange send(String routeId, Processor prepare) throws Exception {
        Generation generation = enter();
        if (generation == null || !generation.has(routeId)) {
            if (generation != null) {
                generation.leave();
            }
            throw new PatchbayException(ErrorCategory.NOT_FOUND, null, "No route " + routeId);
        }
        try {
            return generation.send(routeId, prepare);
        } finally {
            generation.leave();
        }
    }

    /**
     * Runs the route with this id over these variables, on the calling thread, which may block.
     *
     * @throws Exception what the route failed with
     */
    public void run(String routeId, Map<String, Object> variables) throws Exception {
        Exception failed = send(routeId, exchange -> variables.forEach(exchange::setVariable))
                .getException();
        if (failed != null) {
            throw failed;
        }
    }

    /** Ends with the gateway: nobody comes any more. */
    public synchronized void stop() {
        stopped = true;
        Generation last = current;
        current = null;
        draining.stop();
        if (last != null) {
            last.stop(Duration.ofSeconds(10));
        }
    }

    public boolean isRunning() {
        return current != null;
    }

    private @Nullable Generation enter() {
        for (Generation generation = current; generation != null; generation = current) {
            if (generation.enter()) {
                return generation;
            }
        }
        return null;
    }
}
