package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request's JSON body. What is missing or wrong is an invalid request whose message begins with the
 * field's name. Null is the same as not given.
 */
public final class JsonFields {

    private final JsonObject json;

    private JsonFields(JsonObject json) {
        this.json = json;
    }

    /** @param body the text of the request */
    public static JsonFields of(@Nullable String body) {
        try {
            return new JsonFields(new JsonObject(body == null || body.isBlank() ? "" : body));
        } catch (DecodeException | ClassCastException unreadable) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, null, "The body is not a JSON object");
        }
    }

    /** A text that must be there and not blank. @param longest in characters */
    public String text(String name, int longest) {
        String text = optionalText(name, longest);
        if (text == null) {
            throw invalid(name, "is missing");
        }
        return text;
    }

    /** A text; null when it is not given or blank. @param longest in characters */
    public @Nullable String optionalText(String name, int longest) {
        Object given = json.getValue(name);
        if (given == null) {
            return null;
        }
        if (!(given instanceof String text)) {
            throw invalid(name, "must be a text");
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw invalid(name, "is longer than " + longest + " characters");
        }
        return text.isBlank() ? null : text;
    }

    /** True or false; false when it is not given. */
    public boolean flag(String name) {
        Object given = json.getValue(name);
        if (given != null && !(given instanceof Boolean)) {
            throw invalid(name, "must be true or false");
        }
        return given != null && (Boolean) given;
    }

    /** For a value that this class cannot judge. */
    public static PatchbayException invalid(String name, String why) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, name + " " + why);
    }
}
