package dev.patchbay.route;

import dev.patchbay.route.source.MediaTapEndpoint;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.telemetry.Op;

/**
 * Makes spans of the routes of a generation: one for every route that an exchange goes through, named by its id, and one
 * for every step that leaves the process. Camel's own tracer, which this stands for, would tell endpoints' URIs, queries
 * and log messages too, and a step to {@code direct:} beside the route that it leads to.
 */
final class RouteTracer extends OpenTelemetryTracer {

    private final Tracer tracer;

    private RouteTracer(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Has the routes of a context traced, if anybody takes traces. Before they are loaded. */
    static void follow(CamelContext context) {
        Tracer tracer = context.getRegistry().findSingleByType(Tracer.class);
        if (tracer != null) {
            RouteTracer routes = new RouteTracer(tracer);
            routes.setCamelContext(context);
            routes.init(context);
            context.getCamelContextExtension().addInterceptStrategy(new InSpan());
        }
    }

    /** The entry of a request, as a span if anybody takes traces. */
    static Processor entry(Endpoint entry, Processor route) {
        RouteTracer routes = entry.getCamelContext().hasService(RouteTracer.class);
        return routes == null ? route : new EntrySpan(routes.tracer, entry, route);
    }

    @Override
    protected void initTracer() {
        // There is one.
    }

    @Override
    protected void doStart() {
        // Camel's would say so in the log, after every edit.
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return new RouteAsSpan();
    }

    private final class RouteAsSpan extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (isTold(route, exchange)) {
                begin(exchange, route.getRouteId(), route.getRouteId());
            }
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (isTold(route, exchange)) {
                RouteSpan.end(exchange, route.getRouteId());
            }
        }

        /** A kamelet is part of the route that uses it; a call's audio comes five times a second. */
        private boolean isTold(Route route, Exchange exchange) {
            return !route.isCreatedByKamelet() && !(exchange.getFromEndpoint() instanceof MediaTapEndpoint);
        }
    }

    /** A step sends to an endpoint. */
    @Override
    protected void beginEventSpan(Exchange exchange, Endpoint endpoint, Op op) {
        if (endpoint.isRemote() && RouteSpan.of(exchange) != null) {
            String step = exchange.getExchangeExtension().getHistoryNodeId();
            String scheme = endpoint.getEndpointUri().split(":", 2)[0];
            RouteSpan sending = begin(exchange, endpoint, step == null ? scheme : step);
            sending.span().setAttribute("component", scheme);
            sending.enter();
        }
    }

    @Override
    protected void endEventSpan(Exchange exchange, Endpoint endpoint) {
        if (endpoint.isRemote()) {
            RouteSpan.end(exchange, endpoint);
        }
    }

    private RouteSpan begin(Exchange exchange, Object owner, String name) {
        RouteSpan parent = RouteSpan.of(exchange);
        Span span = tracer.spanBuilder(name)
                .setParent(parent == null ? Context.current() : Context.root().with(parent.span()))
                .startSpan();
        return RouteSpan.begin(exchange, owner, span);
    }

    /** What a step does is done in its exchange's span, on whatever thread that is. */
    private static final class InSpan implements InterceptStrategy {

        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
            return new DelegateAsyncProcessor(target) {
                @Override
                public boolean process(Exchange exchange, AsyncCallback done) {
                    RouteSpan span = RouteSpan.of(exchange);
                    if (span == null) {
                        return super.process(exchange, done);
                    }
                    span.tellCall(exchange);
                    Context before = Context.current();
                    try (Scope step = span.span().makeCurrent()) {
                        return super.process(exchange, done);
                    } finally {
                        leave(before);
                    }
                }
            };
        }

        /** A step that goes on elsewhere has not ended the span that it is in here. */
        @SuppressWarnings("MustBeClosedChecker") // it was there before
        private static void leave(Context before) {
            if (Context.current() != before) {
                before.makeCurrent();
            }
        }
    }
}
