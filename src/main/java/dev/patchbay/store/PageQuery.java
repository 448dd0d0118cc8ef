package dev.patchbay.store;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import org.jspecify.annotations.Nullable;

/** {@code cursor} and {@code limit} as they come from a query: text, or nothing. */
final class PageQuery {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private PageQuery() {}

    static @Nullable String cursor(@Nullable String given) {
        return given == null || given.isBlank() ? null : given;
    }

    /** @throws PatchbayException invalid request, when it is no number from 1 to 200 */
    static int limit(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(given.trim());
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below.
        }
        throw new PatchbayException(
                ErrorCategory.INVALID_REQUEST, null, "limit must be a number from 1 to " + MAX_LIMIT);
    }
}
