package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.ext.web.RoutingContext;

/** Answers 415 to a request whose body is not declared as {@code text/csv}. */
public final class CsvContent {

    /** True for a request whose body is CSV; another one has been answered. */
    public boolean admits(RoutingContext context) {
        if (BodyStream.of(context) != null) {
            return true;
        }
        ProblemResponse.send(
                context, Problem.of(ErrorCategory.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be text/csv"));
        return false;
    }
}
