package dev.patchbay.store;

import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor give it back for the page after this one; null on the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    private static final int LARGEST = 1_000;

    /** The number of items a page may have, for a wish that comes from outside. */
    static int size(int limit) {
        return Math.min(Math.max(limit, 1), LARGEST);
    }

    /** The page of {@code size} items, made from up to {@code size + 1} documents: one more shows that there is a next. */
    static <T> Page<T> of(
            List<Document> found, int size, Function<Document, T> item, Function<Document, String> cursor) {
        List<Document> shown = found.subList(0, Math.min(size, found.size()));
        String next = found.size() > size ? cursor.apply(shown.get(size - 1)) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
