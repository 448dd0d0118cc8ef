package dev.patchbay.http;

import dev.patchbay.error.Problem;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Who may use an entry of the public plane, how long it may take, and how it looks when it fails.
 *
 * @param guard true for those who may; the others it has answered itself
 * @param deadline for the whole request
 * @param failure writes an error that no route has answered
 */
public record Access(Predicate<RoutingContext> guard, Duration deadline, Failure failure) {

    /** Writes an error to a response that has not begun. */
    @FunctionalInterface
    public interface Failure {
        void answer(RoutingContext request, Problem problem);
    }
}
