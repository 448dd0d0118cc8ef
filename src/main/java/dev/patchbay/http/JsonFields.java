package dev.patchbay.http;

import dev.patchbay.call.PhoneNumber;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON request. Whatever is wrong with one is an invalid request whose message begins with the field's
 * name. A field that is null or a blank text counts as not given.
 */
public final class JsonFields {

    private final JsonObject json;

    private JsonFields(JsonObject json) {
        this.json = json;
    }

    /** @throws PatchbayException invalid request, when the body is no JSON object */
    public static JsonFields of(@Nullable String body) {
        return new JsonFields(new JsonObject(JsonBody.read(body == null || body.isBlank() ? "{}" : body)));
    }

    /** A text that must be there; as it was given, not trimmed. */
    public String required(String field) {
        String text = text(field);
        if (text == null) {
            throw invalid(field, "is missing");
        }
        return text;
    }

    /** A text of at most so many characters, as people count them, that must be there. */
    public String required(String field, int longest) {
        String text = text(field, longest);
        if (text == null) {
            throw invalid(field, "is missing");
        }
        return text;
    }

    /** A text of at most so many characters; null when it is not given. */
    public @Nullable String text(String field, int longest) {
        String text = text(field);
        if (text != null && text.codePointCount(0, text.length()) > longest) {
            throw invalid(field, "is longer than " + longest + " characters");
        }
        return text;
    }

    public @Nullable String text(String field) {
        Object value = json.getValue(field);
        if (value == null || (value instanceof String blank && blank.isBlank())) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw invalid(field, "must be a text");
        }
        return text;
    }

    /** A phone number that must be there, in E.164; separators are removed. */
    public String phone(String field) {
        return number(field, required(field));
    }

    /** A phone number, in E.164, or else the other one. */
    public String phoneOr(String field, String otherwise) {
        String given = text(field);
        return given == null ? otherwise : number(field, given);
    }

    public boolean flag(String field, boolean otherwise) {
        Boolean given = flag(field);
        return given == null ? otherwise : given;
    }

    /** True or false; null when it is not given. */
    public @Nullable Boolean flag(String field) {
        Object value = json.getValue(field);
        if (value != null && !(value instanceof Boolean)) {
            throw invalid(field, "must be true or false");
        }
        return (Boolean) value;
    }

    /** A whole number within bounds; null when it is not given. */
    public @Nullable Integer whole(String field, int least, int most) {
        Object value = json.getValue(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Integer number) || number < least || number > most) {
            throw invalid(field, "must be a whole number from " + least + " to " + most);
        }
        return number;
    }

    /** A list of at most so many texts; empty when it is not given. */
    public List<String> texts(String field, int most) {
        Object value = json.getValue(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array) || array.stream().anyMatch(item -> !(item instanceof String))) {
            throw invalid(field, "must be a list of texts");
        }
        if (array.size() > most) {
            throw invalid(field, "has more than " + most + " items");
        }
        return array.stream().map(String.class::cast).toList();
    }

    /** An object of texts, numbers and booleans as a map; empty when it is not given. */
    public Map<String, Object> scalars(String field) {
        Object value = json.getValue(field);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof JsonObject object)) {
            throw invalid(field, "must be an object");
        }
        object.forEach(member -> {
            Object scalar = member.getValue();
            if (!(scalar instanceof String || scalar instanceof Number || scalar instanceof Boolean)) {
                throw invalid(field + "." + member.getKey(), "must be a text, a number, true or false");
            }
        });
        return object.getMap();
    }

    /** The invalid request that this field makes. */
    public static PatchbayException invalid(String field, String fault) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, field + " " + fault);
    }

    private static String number(String field, String given) {
        try {
            return PhoneNumber.parse(given);
        } catch (IllegalArgumentException e) {
            throw invalid(field, "is not a phone number: a plus sign and 7 to 15 digits, such as +14155550123");
        }
    }
}
