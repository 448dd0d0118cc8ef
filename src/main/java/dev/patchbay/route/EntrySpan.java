package dev.patchbay.route;

import dev.patchbay.error.Problem;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A request of the public plane as a span: named by its method and the path that the route's file has, without what was put
 * into it. It goes on with the trace that its sender says it belongs to ({@code traceparent}); senders are known by then.
 */
record EntrySpan(Tracer tracer, Endpoint entry, Processor route) implements Processor {

    private static final TextMapGetter<MultiMap> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(MultiMap headers) {
            return headers.names();
        }

        @Override
        public @Nullable String get(@Nullable MultiMap headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    @Override
    public void process(Exchange exchange) throws Exception {
        Span span = begin(exchange);
        try (Scope during = span.makeCurrent()) {
            route.process(exchange);
        } finally {
            int status = status(exchange);
            span.setAttribute("http.response.status_code", status);
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR).setAttribute("error.type", String.valueOf(status));
            }
            RouteSpan.tellCall(span, exchange);
            span.end();
        }
    }

    private Span begin(Exchange exchange) {
        String method = exchange.getMessage().getHeader(Exchange.HTTP_METHOD, String.class);
        String path = entry instanceof PlatformHttpEndpoint http ? http.getPath() : "";
        Context before = EntryRequest.of(exchange)
                .map(request -> W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), request.request().headers(), HEADERS))
                .orElse(Context.root());
        Span span = tracer.spanBuilder(method + " " + path)
                .setParent(before)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", method)
                .setAttribute("http.route", path)
                .startSpan();
        RouteSpan.tellCall(span, exchange);
        return span;
    }

    /** What is answered, or has been when the time was over. */
    private static int status(Exchange exchange) {
        boolean isOver = EntryRequest.of(exchange)
                .map(RoutingContext::response)
                .filter(response -> response.headWritten())
                .isPresent();
        if (isOver) {
            return EntryRequest.of(exchange).orElseThrow().response().getStatusCode();
        }
        if (exchange.getException() != null) {
            return Problem.of(exchange.getException()).status();
        }
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
    }
}
