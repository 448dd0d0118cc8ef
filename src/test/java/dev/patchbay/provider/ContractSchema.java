package dev.patchbay.provider;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The message schemas of a provider's AsyncAPI document, strictly: a field that is not in the schema is an error. */
public final class ContractSchema {

    private static final Path SPECS = Path.of("../shared/contracts/specs");
    private static final Pattern LITERAL = Pattern.compile("literal<\"(.*)\">");

    private final JsonObject schemas;

    private ContractSchema(JsonObject schemas) {
        this.schemas = schemas;
    }

    /** Reads a document; the calling test is skipped where the contracts are not at hand. */
    public static ContractSchema of(String document) throws IOException {
        Path path = SPECS.resolve(document);
        assumeTrue(Files.exists(path), "skipped: " + path + " is not here");
        Map<String, Object> yaml = new Yaml(new LoaderOptions()).load(Files.readString(path));
        return new ContractSchema(
                new JsonObject(yaml).getJsonObject("components").getJsonObject("schemas"));
    }

    /** What is wrong with a message; empty when it is as the schema says. */
    public List<String> violations(String schema, JsonObject message) {
        List<String> violations = new ArrayList<>();
        check(schema, schemas.getJsonObject(schema), message, violations);
        return violations;
    }

    private static void check(String path, JsonObject schema, Object value, List<String> violations) {
        if (schema.containsKey("const") && !schema.getValue("const").equals(value)) {
            violations.add(path + " is not " + schema.getValue("const"));
        }
        if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
            violations.add(path + " is none of " + schema.getJsonArray("enum"));
        }
        Matcher literal = LITERAL.matcher(schema.getString("x-fern-type", ""));
        if (literal.matches() && !literal.group(1).equals(value)) {
            violations.add(path + " is not " + literal.group(1));
        }
        if (!isA(schema.getString("type", ""), value)) {
            violations.add(path + " is no " + schema.getString("type"));
        } else if (value instanceof JsonObject object && schema.containsKey("type")) {
            checkMembers(path, schema, object, violations);
        }
    }

    private static void checkMembers(String path, JsonObject schema, JsonObject object, List<String> violations) {
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            if (!object.containsKey((String) required)) {
                violations.add(path + "." + required + " is missing");
            }
        }
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (Map.Entry<String, Object> member : object) {
            String name = path + "." + member.getKey();
            JsonObject property =
                    properties.getJsonObject(member.getKey(), schema.getJsonObject("additionalProperties"));
            if (property == null) {
                violations.add(name + " is not in the contract");
            } else if (property.containsKey("anyOf")) {
                boolean fits = property.getJsonArray("anyOf").stream()
                        .anyMatch(type -> isA(((JsonObject) type).getString("type"), member.getValue()));
                if (!fits) {
                    violations.add(name + " is none of the allowed types");
                }
            } else {
                check(name, property, member.getValue(), violations);
            }
        }
    }

    private static boolean isA(String type, Object value) {
        return switch (type) {
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
