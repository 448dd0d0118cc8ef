package dev.patchbay.provider;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a provider's OpenAPI document, strictly: a path, parameter or field that is not in it is an error, and so
 * is a value of another type, outside of its enumeration, or not matching its pattern.
 */
public final class OpenApiContract {

    private static final Path SPECS = Path.of("../shared/contracts/specs");
    private static final Map<String, OpenApiContract> READ = new ConcurrentHashMap<>();

    private final JsonObject document;

    private OpenApiContract(JsonObject document) {
        this.document = document;
    }

    /** Reads a JSON document once; the calling test is skipped where the contracts are not at hand. */
    public static OpenApiContract of(String document) {
        Path path = SPECS.resolve(document);
        assumeTrue(Files.exists(path), "skipped: " + path + " is not here");
        return READ.computeIfAbsent(document, name -> {
            try {
                return new OpenApiContract(new JsonObject(Files.readString(path)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /**
     * What is wrong with a request; empty when it is as the document says.
     *
     * @param target path and query as sent
     * @param contentType of the body; null without one
     */
    public List<String> violations(String method, String target, @Nullable String contentType, String body) {
        QueryStringDecoder query = new QueryStringDecoder(target);
        Optional<JsonObject> operation = operation(method, query.path());
        if (operation.isEmpty()) {
            return List.of(method + " " + query.path() + " is not in the contract");
        }
        List<String> violations = new ArrayList<>();
        Map<String, JsonObject> parameters = new LinkedHashMap<>();
        for (Object parameter : operation.get().getJsonArray("parameters", new JsonArray())) {
            JsonObject known = resolved((JsonObject) parameter);
            if ("query".equals(known.getString("in"))) {
                parameters.put(known.getString("name"), known);
            }
        }
        query.parameters().forEach((name, values) -> {
            if (!parameters.containsKey(name)) {
                violations.add("query " + name + " is not in the contract");
            } else {
                values.forEach(value ->
                        checkText("query " + name, parameters.get(name).getJsonObject("schema"), value, violations));
            }
        });
        if (contentType != null) {
            checkBody(operation.get(), contentType, body, violations);
        }
        return violations;
    }

    private void checkBody(JsonObject operation, String contentType, String body, List<String> violations) {
        JsonObject content = resolved(operation.getJsonObject("requestBody", new JsonObject()))
                .getJsonObject("content", new JsonObject())
                .getJsonObject(contentType.split(";")[0].trim());
        if (content == null) {
            violations.add("a body of " + contentType + " is not in the contract");
            return;
        }
        JsonObject schema = resolved(content.getJsonObject("schema"));
        if (contentType.startsWith("application/json")) {
            check("body", schema, new JsonObject(body), violations);
            return;
        }
        Map<String, List<String>> form = new QueryStringDecoder(body, false).parameters();
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        form.forEach((name, values) -> {
            if (!properties.containsKey(name)) {
                violations.add(name + " is not in the contract");
            } else {
                values.forEach(value -> checkText(name, properties.getJsonObject(name), value, violations));
            }
        });
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            if (!form.containsKey((String) required)) {
                violations.add(required + " is missing");
            }
        }
    }

    private Optional<JsonObject> operation(String method, String path) {
        return document.getJsonObject("paths").stream()
                .filter(entry -> path.matches(entry.getKey().replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+")))
                .min(Comparator.comparing((Map.Entry<String, Object> entry) ->
                        entry.getKey().chars().filter(c -> c == '{').count()))
                .map(entry -> ((JsonObject) entry.getValue()).getJsonObject(method.toLowerCase(java.util.Locale.ROOT)));
    }

    private void check(String path, JsonObject given, Object value, List<String> violations) {
        JsonObject schema = resolved(given);
        JsonArray choices = schema.getJsonArray("anyOf", schema.getJsonArray("oneOf"));
        if (choices != null) {
            boolean fits = choices.stream().anyMatch(choice -> {
                List<String> faults = new ArrayList<>();
                check(path, (JsonObject) choice, value, faults);
                return faults.isEmpty();
            });
            if (!fits) {
                violations.add(path + " fits none of its schemas");
            }
            return;
        }
        if (!isA(schema.getString("type", ""), value)) {
            violations.add(path + " is no " + schema.getString("type"));
            return;
        }
        if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
            violations.add(path + " is none of " + schema.getJsonArray("enum"));
        }
        if (value instanceof JsonObject object && schema.containsKey("properties")) {
            JsonObject properties = schema.getJsonObject("properties");
            for (Object required : schema.getJsonArray("required", new JsonArray())) {
                if (!object.containsKey((String) required)) {
                    violations.add(path + "." + required + " is missing");
                }
            }
            object.forEach(member -> {
                if (properties.containsKey(member.getKey())) {
                    check(
                            path + "." + member.getKey(),
                            properties.getJsonObject(member.getKey()),
                            member.getValue(),
                            violations);
                } else if (!schema.containsKey("additionalProperties")) {
                    violations.add(path + "." + member.getKey() + " is not in the contract");
                }
            });
        }
    }

    /** A value of a form or a query, where everything is text. */
    private void checkText(String path, JsonObject given, String value, List<String> violations) {
        JsonObject schema = resolved(given);
        if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
            violations.add(path + " is none of " + schema.getJsonArray("enum"));
        }
        if (schema.containsKey("pattern") && !value.matches(schema.getString("pattern"))) {
            violations.add(path + " does not match " + schema.getString("pattern"));
        }
        if (value.length() > schema.getInteger("maxLength", Integer.MAX_VALUE)
                || value.length() < schema.getInteger("minLength", 0)) {
            violations.add(path + " is too long or too short");
        }
    }

    private JsonObject resolved(JsonObject given) {
        String reference = given.getString("$ref");
        if (reference == null) {
            return given;
        }
        JsonObject found = document;
        for (String part : reference.substring(2).split("/")) {
            found = found.getJsonObject(part);
        }
        return resolved(found);
    }

    private static boolean isA(String type, @Nullable Object value) {
        return switch (type) {
            case "null" -> value == null;
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            default -> true;
        };
    }
}
