package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.error.Problem;
import dev.patchbay.http.Access;
import dev.patchbay.http.Deadline;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the public plane. Before the route runs, the caller is checked as the route's {@link AccessPolicy} says.
 *
 * <p>What a route sees of a request: the body (a form as a {@code Map<String, String>}, else the text), path and query
 * parameters as headers, {@code CamelHttpMethod} and {@code CamelHttpPath}, {@code Content-Type}. Headers of the request
 * are not copied, because a header {@code from} must not pass for a form's {@code From}; what comes from outside never
 * begins with {@code Camel}.
 */
final class EntryConsumer extends VertxPlatformHttpConsumer {

    /** Where request and exchange keep the request's {@link Deadline}. */
    private static final String DEADLINE = "patchbay.deadline";

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
        exchange.setProperty(DEADLINE, request.<Deadline>get(DEADLINE));
        message.setHeader(Exchange.HTTP_METHOD, request.request().method().name());
        message.setHeader(Exchange.HTTP_PATH, request.normalizedPath());
        request.queryParams().forEach(entry -> parameter(message, entry.getKey(), entry.getValue()));
        request.pathParams().forEach((name, value) -> parameter(message, name, value));
        String contentType = request.request().getHeader("Content-Type");
        Buffer body = request.body() == null ? null : request.body().buffer();
        if (contentType != null) {
            message.setHeader(Exchange.CONTENT_TYPE, contentType);
        }
        if (isForm(contentType)) {
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
                if (!request.response().ended()) {
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
                route.process(exchange);
            } else {
                deadline.during(() -> route.process(exchange));
            }
            Exception failed = exchange.getException();
            if (failed != null) {
                exchange.setException(null);
                ProblemProcessor.answer(exchange, failed);
            }
        }
    }
}
