package dev.patchbay.http.openapi;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * A parameter of an operation.
 *
 * @param in {@code path}, {@code query} or {@code header}
 * @param type of a value, as the schema has it: {@code string}, {@code integer}, ...
 */
record ApiParameter(String name, String in, boolean required, String type, ApiSchema schema) {

    /** What is wrong with it in this request; nothing when it fits. Given without a value is not given. */
    Optional<String> fault(RoutingContext request) {
        List<String> given =
                values(request).stream().filter(value -> !value.isBlank()).toList();
        if (given.isEmpty()) {
            return required ? Optional.of(name + " is missing") : Optional.empty();
        }
        return given.stream()
                .map(value -> schema.fault(name, typed(value.trim())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Decoded once, as the route sees them. */
    private List<String> values(RoutingContext request) {
        return switch (in) {
            case "path" -> Optional.ofNullable(request.pathParam(name)).stream().toList();
            case "query" -> request.queryParams().getAll(name);
            default -> request.request().headers().getAll(name);
        };
    }

    /** A text that should be a number and is none stays a text, which the schema then refuses. */
    private Object typed(String value) {
        try {
            return switch (type) {
                case "integer" -> Long.valueOf(value);
                case "number" -> Double.valueOf(value);
                case "boolean" -> value.equals("true") ? Boolean.TRUE : value.equals("false") ? Boolean.FALSE : value;
                default -> value;
            };
        } catch (NumberFormatException none) {
            return value;
        }
    }
}
