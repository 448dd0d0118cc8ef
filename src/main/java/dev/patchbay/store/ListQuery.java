package dev.patchbay.store;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted, from the parameters of a request.
 *
 * @param cursor where the page begins; null for the first
 * @param limit items of a page, 1 to 200, 50 when not given
 */
record ListQuery(@Nullable String cursor, int limit) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    /** @throws PatchbayException {@code INVALID_REQUEST} when the limit is none */
    static ListQuery of(@Nullable String cursor, @Nullable String limit) {
        return new ListQuery(cursor == null || cursor.isBlank() ? null : cursor, limit(limit));
    }

    /** A page as the REST API shows it: {@code {<name>: [...], next_cursor}}. */
    static <T> Map<String, @Nullable Object> shape(
            String name, Page<T> page, Function<T, Map<String, @Nullable Object>> json) {
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put(name, page.items().stream().map(json).toList());
        shape.put("next_cursor", page.nextCursor());
        return shape;
    }

    private static int limit(@Nullable String given) {
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
