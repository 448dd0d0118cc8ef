package dev.patchbay.provider;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's webhook says, read leniently: a member that is missing, or of another type than promised, is not
 * there. Nothing of it may fail a delivery, because providers switch a webhook off that fails too often.
 */
public record JsonEvent(JsonObject json) {

    /**
     * @param body the request's
     * @throws PatchbayException invalid request, when it is not a JSON object
     */
    public static JsonEvent read(String provider, @Nullable String body) {
        try {
            return new JsonEvent(new JsonObject(body == null ? "" : body));
        } catch (DecodeException | ClassCastException notJson) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, provider, "The body is no JSON object", notJson);
        }
    }

    /** The object of this name; empty when there is none. */
    public JsonEvent object(String name) {
        return new JsonEvent(json.getValue(name) instanceof JsonObject object ? object : new JsonObject());
    }

    public @Nullable String text(String name) {
        return json.getValue(name) instanceof String text && !text.isBlank() ? text : null;
    }

    public @Nullable Number number(String name) {
        return json.getValue(name) instanceof Number number ? number : null;
    }

    /** A Unix time in milliseconds. */
    public @Nullable Instant millis(String name) {
        Number millis = number(name);
        return millis == null ? null : Instant.ofEpochMilli(millis.longValue());
    }

    /** A Unix time in seconds, which may have a fraction. */
    public @Nullable Instant seconds(String name) {
        Number seconds = number(name);
        return seconds == null ? null : Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000));
    }
}
