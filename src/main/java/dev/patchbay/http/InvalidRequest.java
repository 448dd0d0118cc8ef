package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers bytes that are no request, or one whose head is too long, before anybody else sees them; then hangs up. */
final class InvalidRequest {

    /** Longest request line, in bytes: method, path and query. */
    static final int MAX_LINE = 8 * 1024;
    /** All headers together, in bytes. */
    static final int MAX_HEADERS = 16 * 1024;

    private InvalidRequest() {}

    static void answer(HttpServerRequest request) {
        Problem problem = problem(request.decoderResult().cause());
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.toJson());
        request.response().close();
    }

    private static Problem problem(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Problem(414, "URI too long", "The request line is longer than " + MAX_LINE + " bytes", null);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Problem(431, "Headers too large", "The headers are larger than " + MAX_HEADERS + " bytes", null);
        }
        return Problem.of(ErrorCategory.INVALID_REQUEST, "This is not an HTTP request");
    }
}
