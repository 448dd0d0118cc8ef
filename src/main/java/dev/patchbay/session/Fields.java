package dev.patchbay.session;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a nested JSON object. What is wrong is an invalid request whose message begins with the member's whole
 * name, {@code room_config.privacy}. Null and blank texts count as not given.
 *
 * @param path the object's own name with a dot behind it; empty for the body
 */
record Fields(String path, Map<String, Object> all) {

    static PatchbayException invalid(String field, String why) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, field + " " + why);
    }

    Set<String> names() {
        return all.keySet();
    }

    String required(String name, int longest) {
        String text = text(name, longest);
        if (text == null) {
            throw invalid(path + name, "is missing");
        }
        return text;
    }

    /** @param longest in characters */
    @Nullable
    String text(String name, int longest) {
        Object value = all.get(name);
        if (value == null || (value instanceof String blank && blank.isBlank())) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw invalid(path + name, "must be a text");
        }
        if (text.length() > longest) {
            throw invalid(path + name, "is longer than " + longest + " characters");
        }
        return text.trim();
    }

    boolean flag(String name, boolean otherwise) {
        Boolean given = flag(name);
        return given == null ? otherwise : given;
    }

    @Nullable
    Boolean flag(String name) {
        Object value = all.get(name);
        if (value != null && !(value instanceof Boolean)) {
            throw invalid(path + name, "must be true or false");
        }
        return (Boolean) value;
    }

    @Nullable
    Integer whole(String name, int least, int most) {
        Object value = all.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Integer number) || number < least || number > most) {
            throw invalid(path + name, "must be a whole number from " + least + " to " + most);
        }
        return number;
    }

    /** Empty when it is not given. */
    Fields object(String name) {
        return object(path + name, all.get(name));
    }

    /** Empty when it is not given. */
    List<Fields> objects(String name) {
        Object value = all.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw invalid(path + name, "must be a list");
        }
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            objects.add(object(path + name + "[" + i + "]", list.get(i)));
        }
        return objects;
    }

    private static Fields object(String path, @Nullable Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put(String.valueOf(name), member));
        } else if (value != null) {
            throw invalid(path, "must be an object");
        }
        return new Fields(path + ".", members);
    }
}
