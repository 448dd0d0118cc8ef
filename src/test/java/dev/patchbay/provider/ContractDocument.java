package dev.patchbay.provider;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * A provider's description of its API, and what is wrong with a value by one of its schemas. Strictly: a member that a
 * schema does not name is an error, unless the schema says that there may be others.
 */
final class ContractDocument {

    private static final Path SPECS = Path.of("../shared/contracts/specs");
    private static final Map<String, ContractDocument> READ = new ConcurrentHashMap<>();
    private static final Pattern LITERAL = Pattern.compile("literal<\"(.*)\">");

    private final JsonObject json;

    private ContractDocument(JsonObject json) {
        this.json = json;
    }

    /** Reads a document once; the calling test is skipped where the contracts are not at hand. */
    static ContractDocument of(String name) {
        Path path = SPECS.resolve(name);
        assumeTrue(Files.exists(path), "skipped: " + path + " is not here");
        return READ.computeIfAbsent(name, unread -> new ContractDocument(read(path)));
    }

    private static JsonObject read(Path path) {
        try {
            String text = Files.readString(path);
            if (path.toString().endsWith(".json")) {
                return new JsonObject(text);
            }
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(64 * 1024 * 1024);
            return new JsonObject(new Yaml(options).<Map<String, Object>>load(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonObject json() {
        return json;
    }

    /** The same object, or what it refers to. */
    JsonObject resolved(JsonObject given) {
        JsonObject resolved = given;
        while (resolved.containsKey("$ref")) {
            JsonObject at = json;
            for (String step :
                    resolved.getString("$ref").substring("#/".length()).split("/")) {
                at = at.getJsonObject(step);
            }
            resolved = at;
        }
        return resolved;
    }

    void check(String path, JsonObject given, @Nullable Object value, List<String> violations) {
        JsonObject schema = merged(resolved(given));
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
        Matcher literal = LITERAL.matcher(schema.getString("x-fern-type", ""));
        if (literal.matches() && !literal.group(1).equals(value)) {
            violations.add(path + " is not " + literal.group(1));
        }
        if (schema.containsKey("const") && !schema.getValue("const").equals(value)) {
            violations.add(path + " is not " + schema.getValue("const"));
        }
        if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
            violations.add(path + " is none of " + schema.getJsonArray("enum"));
        }
        if (!isA(schema.getValue("type"), value)) {
            violations.add(path + " is no " + schema.getValue("type"));
        } else if (value instanceof String text) {
            checkLength(path, schema, text, violations);
        } else if (value instanceof JsonArray array && schema.containsKey("items")) {
            array.forEach(item -> check(path + "[]", schema.getJsonObject("items"), item, violations));
        } else if (value instanceof JsonObject object) {
            checkMembers(path, schema, object, violations);
        }
    }

    /** A value of a form, a query or a path, where everything is text. */
    void checkText(String path, JsonObject given, String value, List<String> violations) {
        JsonObject schema = resolved(given);
        String type = String.valueOf(schema.getValue("type"));
        boolean fits =
                switch (type) {
                    case "boolean" -> value.equals("true") || value.equals("false");
                    case "integer" -> value.matches("-?\\d{1,18}");
                    default -> true;
                };
        if (!fits) {
            violations.add(path + " is no " + type);
        }
        if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
            violations.add(path + " is none of " + schema.getJsonArray("enum"));
        }
        checkLength(path, schema, value, violations);
    }

    private static void checkLength(String path, JsonObject schema, String text, List<String> violations) {
        if (text.length() < schema.getInteger("minLength", 0)
                || text.length() > schema.getInteger("maxLength", Integer.MAX_VALUE)) {
            violations.add(path + " is too short or too long");
        }
        if (schema.containsKey("pattern")
                && !Pattern.compile(schema.getString("pattern")).matcher(text).find()) {
            violations.add(path + " does not match " + schema.getString("pattern"));
        }
    }

    private void checkMembers(String path, JsonObject schema, JsonObject object, List<String> violations) {
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            if (!object.containsKey((String) required)) {
                violations.add(path + "." + required + " is missing");
            }
        }
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        Object others = schema.getValue("additionalProperties", properties.isEmpty());
        for (Map.Entry<String, Object> member : object) {
            String name = path + "." + member.getKey();
            if (properties.containsKey(member.getKey())) {
                check(name, properties.getJsonObject(member.getKey()), member.getValue(), violations);
            } else if (others instanceof JsonObject other) {
                check(name, other, member.getValue(), violations);
            } else if (!Boolean.TRUE.equals(others)) {
                violations.add(name + " is not in the contract");
            }
        }
    }

    /** With the members of all schemas of {@code allOf} together. */
    private JsonObject merged(JsonObject schema) {
        if (!schema.containsKey("allOf")) {
            return schema;
        }
        JsonObject merged = schema.copy();
        merged.remove("allOf");
        for (Object part : schema.getJsonArray("allOf")) {
            JsonObject other = merged(resolved((JsonObject) part)).copy();
            JsonArray required = merged.getJsonArray("required", new JsonArray())
                    .copy()
                    .addAll(other.getJsonArray("required", new JsonArray()));
            merged.mergeIn(other, true).put("required", required);
        }
        return merged;
    }

    private static boolean isA(@Nullable Object type, @Nullable Object value) {
        if (type instanceof JsonArray choices) {
            return choices.stream().anyMatch(choice -> isA(choice, value));
        }
        return switch (String.valueOf(type)) {
            case "null" -> type == null || value == null;
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
