package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.error.Problem;
import dev.patchbay.http.Access;
import dev.patchbay.http.ApiKeyHandler;
import dev.patchbay.http.BodyStream;
import dev.patchbay.http.Deadline;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entry of the public plane. Before the route runs, the caller is checked as the route's {@link AccessPolicy} says.
 *
 * <p>What a route sees of a request: the body (a form as a {@code Map<String, String>}, CSV as a {@link BodyStream}, else
 * the text), path and query parameters as headers, {@code CamelHttpMethod} and {@code CamelHttpPath}, {@code
 * Content-Type} and {@code Accept}. Other headers of the request are not copied, because a header {@code from} must not
 * pass for a form's {@code From}; what comes from outside never begins with {@code Camel}. {@code Range} is the variable
 * {@code range}.
 */
final class EntryConsumer extends VertxPlatformHttpConsumer {

    private static final String ACCEPT = "Accept";

    private static final Logger LOG = LoggerFactory.getLogger(EntryConsumer.class);

    /** Where request and exchange keep the request's {@link Deadline}. */
    private static final String DEADLINE = "patchbay.deadline";

    /** Where an exchange keeps its {@link IdempotentRequest}, or why it is none. */
    private static final String IDEMPOTENT = "patchbay.idempotent";

    private volatile @Nullable Access access;

    EntryConsumer(PlatformHttpEndpoint endpoint, Processor processor, String routerName, Guard guard) {
        super(endpoint, new Answering(processor), List.of(guard), routerName);
        guard.consumer = this;
    }

    @Override
    protected void doStart() throws Exception {
        access = AccessPolicy.of(getEndpoint());
        super.doStart();
    }

    @Override
    protected Future<Void> populateCamelMessage(RoutingContext request, Exchange exchange, Message message) {
        exchange.setVariable("range", request.request().getHeader("Range"));
        exchange.setProperty(DEADLINE, request.<Deadline>get(DEADLINE));
        exchange.setProperty(EntryRequest.PROPERTY, request);
        // An answer that is streamed ends with its request, also when the caller has gone.
        request.addEndHandler(done -> close(exchange.getMessage().getBody()));
        message.setHeader(Exchange.HTTP_METHOD, request.request().method().name());
        message.setHeader(Exchange.HTTP_PATH, request.normalizedPath());
        request.queryParams().forEach(entry -> parameter(message, entry.getKey(), entry.getValue()));
        request.pathParams().forEach((name, value) -> parameter(message, name, value));
        String contentType = request.request().getHeader("Content-Type");
        Buffer body = request.body() == null ? null : request.body().buffer();
        idempotent(request, body).ifPresent(once -> exchange.setProperty(IDEMPOTENT, once));
        if (contentType != null) {
            message.setHeader(Exchange.CONTENT_TYPE, contentType);
        }
        message.setHeader(ACCEPT, String.join(",", request.request().headers().getAll(ACCEPT)));
        BodyStream stream = BodyStream.of(request);
        if (stream != null) {
            message.setBody(stream);
        } else if (isForm(contentType)) {
            message.setBody(form(body == null ? "" : body.toString(StandardCharsets.UTF_8)));
        } else {
            message.setBody(body == null ? null : body.toString(StandardCharsets.UTF_8));
        }
        return Future.succeededFuture();
    }

    /** The fields of a form, decoded; of a repeated one the last. */
    static Map<String, String> form(String encoded) {
        Map<String, String> fields = new LinkedHashMap<>();
        new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false, 1000)
                .parameters()
                .forEach((name, values) -> fields.put(name, values.get(values.size() - 1)));
        return fields;
    }

    /**
     * Of holders of a key only: a webhook's sender has its own ways. A file of customers has no fingerprint before it is read,
     * and storing it twice does what storing it once does.
     */
    private static Optional<Object> idempotent(RoutingContext request, @Nullable Buffer body) {
        String owner = request.get(ApiKeyHandler.OWNER);
        String key = request.request().getHeader(IdempotentRequest.HEADER);
        if (owner == null
                || key == null
                || BodyStream.of(request) != null
                || !HttpMethod.POST.equals(request.request().method())) {
            return Optional.empty();
        }
        try {
            byte[] bytes = body == null ? new byte[0] : body.getBytes();
            return Optional.of(IdempotentRequest.of(owner, request.request().uri(), key, bytes));
        } catch (PatchbayException refused) {
            return Optional.of(refused);
        }
    }

    private static void close(@Nullable Object body) {
        if (body instanceof InputStream stream) {
            try {
                stream.close();
            } catch (IOException e) {
                LOG.debug("An answer's source did not close", e);
            }
        }
    }

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private static void parameter(Message message, String name, String value) {
        if (!name.regionMatches(true, 0, "camel", 0, 5) && ResponseHeaders.mayNotLeave(name)) {
            message.setHeader(name, value);
        }
    }

    /** Checks the caller and sets the deadline, on the event loop, before the exchange exists. */
    static final class Guard implements Handler<RoutingContext> {

        private @Nullable EntryConsumer consumer;

        @Override
        public void handle(RoutingContext request) {
            Access rule = consumer == null ? null : consumer.access;
            if (rule == null) {
                request.fail(503);
                return;
            }
            request.put(DEADLINE, Deadline.in(rule.deadline()));
            long timer = request.vertx().setTimer(rule.deadline().toMillis(), id -> {
                // What has begun may take its time: a recording, over a slow line.
                if (!request.response().headWritten()) {
                    rule.failure()
                            .answer(
                                    request,
                                    Problem.of(new PatchbayException(
                                            ErrorCategory.TIMED_OUT,
                                            null,
                                            "Not answered within "
                                                    + rule.deadline().toSeconds() + " s")));
                }
            });
            request.addEndHandler(done -> request.vertx().cancelTimer(timer));
            if (rule.guard().test(request)) {
                request.next();
            }
        }
    }

    /** The last resort: what no error configuration has answered becomes a problem, never an empty 500. */
    private record Answering(Processor route) implements Processor {

        @Override
        public void process(Exchange exchange) throws Exception {
            Deadline deadline = exchange.getProperty(DEADLINE, Deadline.class);
            if (deadline == null) {
                answer(exchange);
            } else {
                deadline.during(() -> answer(exchange));
            }
        }

        private void answer(Exchange exchange) throws Exception {
            Object once = exchange.getProperty(IDEMPOTENT);
            try {
                if (once instanceof PatchbayException refused) {
                    throw refused;
                }
                if (once instanceof IdempotentRequest request) {
                    exchange.getContext()
                            .getRegistry()
                            .findSingleByType(Idempotency.class)
                            .process(request, exchange, this::run);
                } else {
                    run(exchange);
                }
            } catch (PatchbayException refused) {
                ProblemProcessor.answer(exchange, refused);
            }
        }

        private void run(Exchange exchange) throws Exception {
            route.process(exchange);
            Exception failed = exchange.getException();
            if (failed != null) {
                exchange.setException(null);
                ProblemProcessor.answer(exchange, failed);
            }
        }
    }
}
