package dev.patchbay.trace;

import dev.patchbay.error.PatchbayException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What went wrong in a span, by its kind only: a message may say whose number it was. */
public final class SpanFailure {

    private SpanFailure() {}

    /** Marks a span as failed: {@code error.type} is the category that docs/errors.md has, or the name of the exception. */
    public static void tell(Span span, Throwable failure) {
        span.setStatus(StatusCode.ERROR).setAttribute("error.type", kind(failure));
    }

    private static String kind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof PatchbayException known) {
                return known.category().name().toLowerCase(Locale.ROOT);
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }
}
