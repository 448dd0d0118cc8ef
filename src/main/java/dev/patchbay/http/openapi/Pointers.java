package dev.patchbay.http.openapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901): {@code /paths/~1calls/get/responses/200}. */
final class Pointers {

    private Pointers() {}

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static String unescaped(String segment) {
        return segment.replace("~1", "/").replace("~0", "~");
    }

    /** The names on the way, without the root. */
    static String[] segments(String pointer) {
        return pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
    }

    /** What is there; null when nothing is. */
    static @Nullable Object find(JsonObject root, String pointer) {
        Object at = root;
        for (String segment : segments(pointer)) {
            if (at instanceof JsonObject object) {
                at = object.getValue(unescaped(segment));
            } else if (at instanceof JsonArray list && segment.matches("\\d{1,6}")) {
                int index = Integer.parseInt(segment);
                at = index < list.size() ? list.getValue(index) : null;
            } else {
                return null;
            }
        }
        return at;
    }
}
