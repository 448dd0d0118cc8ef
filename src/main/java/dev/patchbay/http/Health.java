package dev.patchbay.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /health}: never waits, because everything it tells was found out in the background. 200 {@code ok} or {@code
 * degraded} (a provider is down), 503 while starting, draining or without a store.
 */
public final class Health implements PublicHandler {

    private final BooleanSupplier storeUp;
    private final List<ProviderProbe> providers;
    private final ApiKeyHandler keys;
    private volatile State state = State.STARTING;

    /** Where the gateway is in its life. */
    public enum State {
        STARTING,
        RUNNING,
        DRAINING
    }

    public Health(BooleanSupplier storeUp, List<ProviderProbe> providers, ApiKeyHandler keys) {
        this.storeUp = storeUp;
        this.providers = providers;
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
        String status =
                switch (state) {
                    case STARTING -> "starting";
                    case DRAINING -> "draining";
                    case RUNNING -> !store ? "down" : down ? "degraded" : "ok";
                };
        request.response()
                .setStatusCode(status.equals("ok") || status.equals("degraded") ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject()
                        .put("status", status)
                        .put("store", store ? "up" : "down")
                        .put("providers", probes)
                        .toBuffer());
    }
}
