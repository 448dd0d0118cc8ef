package dev.patchbay.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of a generation that act by themselves: schedules, pollers, listeners. They start when those of the generation
 * before have stopped, so that nothing is done twice.
 */
final class ActiveRoutes implements RoutePolicyFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveRoutes.class);

    /**
     * They wait for somebody inside the gateway to send, or for a request, which comes to the current generation only; our
     * own sources ask themselves which generation is current.
     */
    private static final Set<String> PASSIVE =
            Set.of("direct", "platform-http", "kamelet", "seda", "stub", "call-events", "media-tap");

    /** They act at whole seconds. */
    private static final Set<String> BY_THE_CLOCK = Set.of("cron", "quartz");

    /** How far from a whole second one generation follows another, in ms: neither misses it, nor do both act at it. */
    private static final long AWAY = 150;

    private final CamelContext context;
    private final Map<String, RouteTicks> routes = Collections.synchronizedMap(new LinkedHashMap<>());
    private volatile boolean byTheClock;

    private ActiveRoutes(CamelContext context) {
        this.context = context;
    }

    /** Holds them back in a context that is not started yet. */
    static ActiveRoutes of(CamelContext context) {
        ActiveRoutes active = new ActiveRoutes(context);
        context.addRoutePolicyFactory(active);
        return active;
    }

    @Override
    @SuppressWarnings("NullAway") // Camel takes null for "no policy".
    public RoutePolicy createRoutePolicy(CamelContext of, String routeId, NamedNode node) {
        String uri = node instanceof RouteDefinition route ? route.getInput().getEndpointUri() : "";
        String scheme = of.resolvePropertyPlaceholders(uri).replaceFirst("(?s):.*", "");
        if (PASSIVE.contains(scheme)) {
            return null;
        }
        byTheClock |= BY_THE_CLOCK.contains(scheme);
        RouteTicks ticks = new RouteTicks();
        routes.put(routeId, ticks);
        return ticks;
    }

    /**
     * Stops those of another generation and starts these.
     *
     * @throws Exception when one does not start; then the others run again
     */
    void takeOver(@Nullable ActiveRoutes before) throws Exception {
        if (before != null) {
            if (byTheClock && before.byTheClock) {
                awayFromWholeSecond();
            }
            before.pause();
        }
        try {
            for (Map.Entry<String, RouteTicks> each : List.copyOf(routes.entrySet())) {
                if (each.getValue().goOnFrom(before == null ? null : before.routes.get(each.getKey()))) {
                    context.getRouteController().startRoute(each.getKey());
                }
            }
        } catch (Exception e) {
            pause();
            if (before != null) {
                before.resume();
            }
            throw e;
        }
    }

    private static void awayFromWholeSecond() throws InterruptedException {
        long now = System.currentTimeMillis() % 1_000;
        if (now < AWAY || now > 1_000 - 2 * AWAY) {
            Thread.sleep((1_000 + AWAY - now) % 1_000);
        }
    }

    /** No tick begins after this. */
    private void pause() {
        each("did not stop to act", RouteTicks::pause);
    }

    private void resume() {
        each("does not act any more", RouteTicks::goOn);
    }

    private void each(String failure, Consumer<RouteTicks> what) {
        for (Map.Entry<String, RouteTicks> each : new ArrayList<>(routes.entrySet())) {
            try {
                what.accept(each.getValue());
            } catch (RuntimeException e) {
                LOG.error("Route {} {}", each.getKey(), failure, e);
            }
        }
    }
}
