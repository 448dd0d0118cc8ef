package dev.patchbay.http.openapi;

import dev.patchbay.http.ContentTypeHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of an operation.
 *
 * @param types what it may be
 * @param json what it must be when it is JSON; null when it may not be
 */
record ApiBody(
        boolean required,
        ContentTypeHandler types,
        @Nullable ApiSchema json) {

    /** What is wrong with it; nothing when it fits. What is not JSON is for its route to read. */
    Optional<String> fault(@Nullable Buffer body) {
        if (json == null) {
            return Optional.empty();
        }
        if (body == null || body.length() == 0) {
            return required ? Optional.of("body is missing") : Optional.empty();
        }
        try {
            return json.fault("body", Json.decodeValue(body));
        } catch (DecodeException e) {
            return Optional.of("body is not JSON");
        }
    }
}
