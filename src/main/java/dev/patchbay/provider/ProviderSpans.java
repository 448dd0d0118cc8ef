package dev.patchbay.provider;

import dev.patchbay.trace.SpanFailure;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Requests to providers as spans of the trace that led to them. One that no call and no request led to, such as a health
 * probe, has none. Paths and queries have ids and phone numbers in them and are not told.
 */
@Component
public final class ProviderSpans {

    /** Where nobody takes traces. */
    public static final ProviderSpans NONE = new ProviderSpans((Tracer) null);

    private final @Nullable Tracer tracer;

    @Autowired
    ProviderSpans(ObjectProvider<Tracer> tracer) {
        this(tracer.getIfAvailable());
    }

    ProviderSpans(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /**
     * A request begins; on the thread that the trace is on.
     *
     * @param baseUrl of the provider's API; its host is told
     */
    public Request begin(String provider, String method, URI baseUrl) {
        if (tracer == null || !Span.current().getSpanContext().isValid()) {
            return new Request(Span.getInvalid());
        }
        Span span = tracer.spanBuilder(method + " " + provider)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("peer.service", provider)
                .setAttribute("http.request.method", method)
                .setAttribute("server.address", baseUrl.getHost())
                .startSpan();
        if (baseUrl.getPort() > 0) {
            span.setAttribute("server.port", baseUrl.getPort());
        }
        return new Request(span);
    }

    /** One request, its repetitions included. On any thread. */
    public static final class Request {

        private final Span span;
        private volatile int status;
        private volatile boolean failed;

        private Request(Span span) {
            this.span = span;
        }

        /** The last answer counts. */
        public void answered(int status) {
            this.status = status;
        }

        /** @param times how often it was sent again */
        void sentAgain(int times) {
            span.setAttribute("http.request.resend_count", times);
        }

        public void failed(Throwable failure) {
            failed = true;
            SpanFailure.tell(span, failure);
        }

        /** Tells a server of one's own which trace this is, by the headers that W3C has for it. */
        void passOn(BiConsumer<String, String> headers) {
            W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, (into, name, value) -> {
                if (into != null) {
                    into.accept(name, value);
                }
            });
        }

        public void end() {
            if (status > 0) {
                span.setAttribute("http.response.status_code", status);
            }
            if (status >= 400 && !failed) {
                span.setStatus(StatusCode.ERROR).setAttribute("error.type", String.valueOf(status));
            }
            span.end();
        }
    }
}
