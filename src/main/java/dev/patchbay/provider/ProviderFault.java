package dev.patchbay.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds code and words in the error bodies that the providers use (CONTRACTS 3 to 7). */
final class ProviderFault {

    /** Characters; what is longer is no message for people. */
    private static final int LONGEST = 500;

    private ProviderFault() {}

    /** {@code ": 21211 The 'To' number ..."}, empty when the body is no error of a known shape. */
    static String of(byte[] body) {
        JsonObject json;
        try {
            json = new JsonObject(Buffer.buffer(body));
        } catch (DecodeException | ClassCastException notJson) {
            return "";
        }
        JsonObject fault = Stream.of("detail", "error") // ElevenLabs, OpenAI
                .map(json::getValue)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .findFirst()
                .orElse(json);
        String words = Stream.of(
                        // A number is an error's own code; a word says more than its message only when there is no
                        // code.
                        text(fault, "code"),
                        fault.containsKey("code") ? null : text(fault, fault == json ? "error" : "status"),
                        first(text(fault, "message"), text(fault, "info"), text(fault, "detail")))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "" : ": " + words.substring(0, Math.min(words.length(), LONGEST));
    }

    private static @Nullable String first(@Nullable String... texts) {
        return Stream.of(texts).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static @Nullable String text(JsonObject json, String field) {
        Object value = json.getValue(field);
        return value instanceof String || value instanceof Number ? value.toString() : null;
    }
}
