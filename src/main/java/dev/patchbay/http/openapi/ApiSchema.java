package dev.patchbay.http.openapi;

import io.vertx.core.json.JsonArray;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a value may be, by a schema of the document. What is wrong is said in one sentence that begins with the field and
 * never repeats a value.
 */
final class ApiSchema {

    /** Keywords that say themselves what is wrong; the others only say that something below is. */
    private static final Set<String> TELLING = Set.of(
            "required",
            "type",
            "enum",
            "const",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "pattern",
            "minItems",
            "maxItems");

    private static final Map<String, String> TYPES = Map.of(
            "string", "a text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "object", "an object",
            "array", "a list");

    private static final Pattern PROPERTY = Pattern.compile("property \"(.*)\"$");
    private static final Pattern EXPECTED = Pattern.compile("Expected (.*)$");
    private static final Pattern CHOICES = Pattern.compile("any of (\\[.*])$");
    private static final Pattern BOUND = Pattern.compile("(-?[\\d.]+)\\)?$");

    private final Validator validator;

    /** @param validator of the library; used by many threads, it keeps nothing between two values */
    ApiSchema(Validator validator) {
        this.validator = validator;
    }

    /**
     * What is wrong with a value; nothing when it fits.
     *
     * @param name of the whole value: a parameter's, or {@code body}
     */
    Optional<String> fault(String name, @Nullable Object value) {
        OutputUnit result = validator.validate(value);
        if (result.getValid()) {
            return Optional.empty();
        }
        List<OutputUnit> errors = result.getErrors() == null ? List.of() : result.getErrors();
        return Optional.of(errors.stream()
                .filter(error -> TELLING.contains(keyword(error)))
                .findFirst()
                .map(error -> sentence(field(name, error.getInstanceLocation()), error))
                .orElse(name + " is not what the API takes"));
    }

    private static String sentence(String field, OutputUnit error) {
        String words = String.valueOf(error.getError());
        return switch (keyword(error)) {
            case "required" -> member(field, found(PROPERTY, words)) + " is missing";
            case "type" -> field + " must be " + types(found(EXPECTED, words));
            case "enum" -> field + " must be one of " + choices(found(CHOICES, words));
            case "minLength" -> field + (words.contains("(0 <") ? " must not be empty" : " is too short");
            case "maxLength" -> field + " is longer than " + found(BOUND, words) + " characters";
            case "minimum" -> field + " must be " + found(BOUND, words) + " or more";
            case "maximum" -> field + " must be " + found(BOUND, words) + " or less";
            default -> field + " is not what the API takes";
        };
    }

    /** {@code #/config/steps/0/service} of the body is {@code config.steps[0].service}; the body itself its name. */
    private static String field(String name, String location) {
        StringBuilder path = new StringBuilder();
        for (String segment : Pointers.segments(location.replaceFirst("^#", ""))) {
            if (segment.matches("\\d+")) {
                path.append('[').append(segment).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(Pointers.unescaped(segment));
            }
        }
        return path.isEmpty() ? name : path.toString();
    }

    private static String member(String field, String name) {
        return field.equals("body") ? name : field + "." + name;
    }

    private static String keyword(OutputUnit error) {
        String location = String.valueOf(error.getKeywordLocation());
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static String types(String listed) {
        return List.of(listed.split(", ")).stream()
                .filter(type -> !type.equals("null"))
                .map(type -> TYPES.getOrDefault(type, type))
                .collect(Collectors.joining(" or "));
    }

    private static String choices(String json) {
        List<String> choices = new ArrayList<>();
        new JsonArray(json)
                .stream().filter(choice -> choice != null).map(String::valueOf).forEach(choices::add);
        return String.join(", ", choices);
    }

    private static String found(Pattern pattern, String words) {
        Matcher matcher = pattern.matcher(words);
        return matcher.find() ? matcher.group(1) : "";
    }
}
