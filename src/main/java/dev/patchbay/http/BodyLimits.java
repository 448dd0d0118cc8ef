package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request into memory, up to what its type may weigh; a larger one is answered 413, at its first byte
 * where it says its length. Files of customers do not come here ({@link StreamedBodies}).
 */
final class BodyLimits implements Handler<RoutingContext> {

    /** Largest form, in bytes: Twilio's webhooks have a few kilobytes. Also of one field. */
    static final int FORM = 256 * 1024;

    private static final int MIB = 1024 * 1024;

    /** The first row that fits holds. */
    private static final List<Limit> TABLE =
            List.of(new Limit("application/x-www-form-urlencoded", FORM), new Limit(null, MIB));

    @Override
    public void handle(RoutingContext request) {
        of(request).reader().handle(request);
    }

    /** What to answer when it was too much. */
    static Problem exceeded(RoutingContext request) {
        int kilobytes = of(request).bytes() / 1024;
        return Problem.of(
                ErrorCategory.TOO_LARGE,
                "The body is larger than " + (kilobytes < 1024 ? kilobytes + " KiB" : kilobytes / 1024 + " MiB"));
    }

    private static Limit of(RoutingContext request) {
        String type = ContentTypeHandler.bare(request.request().getHeader(HttpHeaders.CONTENT_TYPE));
        return TABLE.stream()
                .filter(limit -> limit.isFor(type))
                .findFirst()
                .orElseThrow(); // the last row is for everything
    }

    /**
     * @param type exactly this media type; null for every type
     * @param bytes that a body may have
     * @param reader reads so many
     */
    private record Limit(@Nullable String type, int bytes, Handler<RoutingContext> reader) {

        Limit(@Nullable String type, int bytes) {
            this(type, bytes, BodyHandler.create(false).setBodyLimit(bytes));
        }

        boolean isFor(String type) {
            return this.type == null || this.type.equals(type);
        }
    }
}
