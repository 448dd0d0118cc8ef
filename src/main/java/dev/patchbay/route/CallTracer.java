package dev.patchbay.route;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.NamedRoute;
import org.apache.camel.impl.engine.DefaultTracer;
import org.apache.camel.support.CamelContextHelper;

/** Tells the steps of {@link CallPaths}' calls by their ids. Camel's own tracer, which this stands for, tells bodies. */
final class CallTracer extends DefaultTracer {

    /** On an exchange once it was seen to be about a watched call: later steps may not show that any more. */
    private static final String CALL = "patchbay.call-path";

    private final CallPaths paths;
    private final Consumer<String> lines;

    CallTracer(CallPaths paths, Consumer<String> lines) {
        this.paths = paths;
        this.lines = lines;
        setEnabled(true);
    }

    /** Asked at every step of every exchange: this is all that it costs while nobody is watched. */
    @Override
    public boolean shouldTrace(NamedNode step) {
        return !paths.isNobodyWatched();
    }

    @Override
    public void traceBeforeRoute(NamedRoute route, Exchange exchange) {
        tell(exchange, "> " + route.getRouteId());
    }

    @Override
    public void traceBeforeNode(NamedNode step, Exchange exchange) {
        tell(exchange, "  " + CamelContextHelper.getRouteId(step) + ": " + step.getShortName() + " " + step.getId());
    }

    @Override
    public void traceAfterNode(NamedNode step, Exchange exchange) {
        // The next step, or the end, tells that this one is over.
    }

    @Override
    public void traceSentNode(NamedNode step, Exchange exchange, Endpoint endpoint, long millis) {
        // Told before; where to is in the file.
    }

    @Override
    public void traceAfterRoute(NamedRoute route, Exchange exchange) {
        Exception failed = exchange.getException();
        tell(
                exchange,
                "< " + route.getRouteId()
                        + (failed == null ? "" : " failed: " + failed.getClass().getSimpleName()));
    }

    private void tell(Exchange exchange, String step) {
        Optional<String> call = Optional.ofNullable(exchange.getProperty(CALL, String.class));
        if (call.isEmpty()) {
            call = paths.callOf(exchange);
            call.ifPresent(id -> exchange.setProperty(CALL, id));
        }
        call.ifPresent(id -> lines.accept("Call " + id + " " + step));
    }
}
