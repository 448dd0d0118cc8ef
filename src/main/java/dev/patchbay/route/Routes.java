package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The YAML routes of the moment: one reference to the current {@link Generation}. Requests and the media path go through
 * here, so that no one holds on to a generation.
 */
public final class Routes implements Handler<RoutingContext>, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final RouteFiles files;
    private final ApplicationContext beans;
    private final Vertx vertx;
    private final AtomicInteger number = new AtomicInteger();
    private volatile @Nullable Generation current;

    public Routes(RouteFiles files, ApplicationContext beans, Vertx vertx) {
        this.files = files;
        this.beans = beans;
        this.vertx = vertx;
    }

    /**
     * Builds the next generation from the files as they are and makes it current; the one before ends with its last
     * request. On failure nothing changes.
     *
     * @throws PatchbayRoutesException when the files cannot be run
     */
    public synchronized void flip() {
        Generation next = Generation.build("routes-" + number.incrementAndGet(), files, beans, vertx);
        Generation before = current;
        current = next;
        if (before != null) {
            before.retire();
        }
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

    /** The context of the current generation. */
    Optional<CamelContext> context() {
        return Optional.ofNullable(current).map(Generation::context);
    }

    /** Whether this is the context of the current generation: the one that answers what happens now. */
    public boolean isCurrent(CamelContext context) {
        Generation generation = current;
        return generation != null && generation.context() == context;
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

    @Override
    public void start() {
        flip();
        LOG.info("Routes of {} run", files.dir());
    }

    @Override
    public void stop() {
        Generation last = current;
        current = null;
        if (last != null) {
            last.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return current != null;
    }

    /** Before the public plane, after the main context. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 20;
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
