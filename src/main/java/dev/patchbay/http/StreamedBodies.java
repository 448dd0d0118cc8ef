package dev.patchbay.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Passes a request whose body is CSV on with the body unread, as a {@link BodyStream}: files of customers are large. Every
 * other request goes on to have its body read.
 */
public final class StreamedBodies implements Handler<RoutingContext> {

    private final Handler<RoutingContext> routes;

    /** @param routes what comes after the body was read */
    public StreamedBodies(Handler<RoutingContext> routes) {
        this.routes = routes;
    }

    @Override
    public void handle(RoutingContext request) {
        if (isCsv(request.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            BodyStream.attach(request);
            routes.handle(request);
        } else {
            request.next();
        }
    }

    private static boolean isCsv(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals("text/csv");
    }
}
