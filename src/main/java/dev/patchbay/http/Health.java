package dev.patchbay.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /health}: never waits, because everything it tells was found out in the background. 200 {@code ok} or {@code
 * degraded} (a provider is down, a file of routes does not run), 503 while starting, draining or without a store.
 */
public final class Health implements PublicHandler {

    private final BooleanSupplier storeUp;
    private final List<ProviderProbe> providers;
    private final Supplier<List<RouteFault>> routes;
    private final ApiKeyHandler keys;
    private volatile State state = State.STARTING;

    /** Where the gateway is in its life. */
    public enum State {
        STARTING,
        RUNNING,
        DRAINING
    }

    /** @param routes files of routes that do not run */
    public Health(
            BooleanSupplier storeUp,
            List<ProviderProbe> providers,
            Supplier<List<RouteFault>> routes,
            ApiKeyHandler keys) {
        this.storeUp = storeUp;
        this.providers = providers;
        this.routes = routes;
        this.keys = keys;
    }

    public void is(State now) {
        state = now;
    }

    @Override
    public void mount(Router router) {
        router.get("/health").handler(this::answer);
    }

    private void answer(RoutingContext request) {
        boolean store = storeUp.getAsBoolean();
        boolean reasons = keys.owner(request.request()).isPresent();
        JsonObject probes = new JsonObject();
        boolean down = false;
        for (ProviderProbe provider : providers) {
            ProviderProbe.Result result = provider.last();
            down |= result.state().equals("down");
            JsonObject shown = new JsonObject().put("status", result.state());
            if (reasons && result.reason() != null) {
                shown.put("reason", result.reason());
            }
            probes.put(provider.name(), shown);
        }
        List<RouteFault> faults = routes.get();
        JsonArray broken = new JsonArray();
        for (RouteFault fault : faults) {
            JsonObject shown = new JsonObject().put("file", fault.file()).put("routes", new JsonArray(fault.routes()));
            if (reasons) {
                shown.put("reasons", new JsonArray(fault.reasons()));
            }
            broken.add(shown);
        }
        boolean degraded = down || !faults.isEmpty();
        String status =
                switch (state) {
                    case STARTING -> "starting";
                    case DRAINING -> "draining";
                    case RUNNING -> !store ? "down" : degraded ? "degraded" : "ok";
                };
        request.response()
                .setStatusCode(status.equals("ok") || status.equals("degraded") ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject()
                        .put("status", status)
                        .put("store", store ? "up" : "down")
                        .put("providers", probes)
                        .put("broken_routes", broken)
                        .toBuffer());
    }
}
