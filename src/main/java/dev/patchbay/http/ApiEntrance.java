package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * The entrance of the REST API: who you are (401), whether you come too often (429), what you bring (415), in this order,
 * so that only the holder of a key can use up its share. A request passes once: before its body is read where the
 * document of the API has its path, else at the door of its route.
 */
public final class ApiEntrance {

    private static final String ADMITTED = "patchbay.api-admitted";

    private final ApiKeyHandler keys;
    private final RateLimit limit;

    public ApiEntrance(ApiKeyHandler keys, RateLimit limit) {
        this.keys = keys;
        this.limit = limit;
    }

    /** True for a request that may go on, a body of which must be JSON; another one has been answered. */
    public boolean admits(RoutingContext request) {
        return admits(request, ContentTypeHandler.JSON);
    }

    /** True for a request that may go on; another one has been answered. */
    public boolean admits(RoutingContext request, ContentTypeHandler types) {
        if (request.get(ADMITTED) != null) {
            return true;
        }
        boolean admitted = keys.admits(request) && isSeldom(request) && types.admits(request);
        if (admitted) {
            request.put(ADMITTED, true);
        }
        return admitted;
    }

    private boolean isSeldom(RoutingContext request) {
        Duration wait = limit.take(caller(request));
        if (wait.isZero()) {
            return true;
        }
        // In whole seconds, and never too early: that attempt would only be refused again.
        request.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1));
        ProblemResponse.send(
                request, Problem.of(ErrorCategory.RATE_LIMITED, "Too many requests; PATCHBAY_RATE_LIMIT is the limit"));
        return false;
    }

    /** The owner of the key; without keys everybody is local, so the peer's address tells callers apart. */
    private String caller(RoutingContext request) {
        return keys.areConfigured()
                ? request.get(ApiKeyHandler.OWNER)
                : request.request().remoteAddress().hostAddress();
    }
}
