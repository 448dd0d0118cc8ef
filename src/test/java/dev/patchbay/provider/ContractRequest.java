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
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The requests of a provider's OpenAPI document, strictly: a member that is not in the schema is an error. */
public final class ContractRequest {

    private static final Path SPECS = Path.of("../shared/contracts/specs");

    private final JsonObject document;

    private ContractRequest(JsonObject document) {
        this.document = document;
    }

    /** Reads a document; the calling test is skipped where the contracts are not at hand. */
    public static ContractRequest of(String name) throws IOException {
        Path path = SPECS.resolve(name);
        assumeTrue(Files.exists(path), "skipped: " + path + " is not here");
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(64 * 1024 * 1024);
        Map<String, Object> yaml = new Yaml(options).load(Files.readString(path));
        return new ContractRequest(new JsonObject(yaml));
    }

    /** What is wrong with the JSON body of a POST; empty when it is as the contract says. */
    public List<String> violations(String path, JsonObject body) {
        JsonObject operation =
                document.getJsonObject("paths").getJsonObject(path).getJsonObject("post");
        JsonObject schema = operation
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
        List<String> violations = new ArrayList<>();
        check("body", schema, body, violations);
        return violations;
    }

    private void check(String path, JsonObject given, Object value, List<String> violations) {
        JsonObject schema = resolved(given);
        JsonArray anyOf = schema.getJsonArray("oneOf", schema.getJsonArray("anyOf"));
        if (anyOf != null) {
            boolean fits = anyOf.stream().anyMatch(option -> {
                List<String> found = new ArrayList<>();
                check(path, (JsonObject) option, value, found);
                return found.isEmpty();
            });
            if (!fits) {
                violations.add(path + " fits none of the alternatives");
            }
            return;
        }
        if (schema.containsKey("enum") && !schema.getJsonArray("enum").contains(value)) {
            violations.add(path + " is none of " + schema.getJsonArray("enum"));
        }
        if (!isA(schema.getString("type", ""), value)) {
            violations.add(path + " is no " + schema.getString("type"));
        } else if (value instanceof String text && text.length() < schema.getInteger("minLength", 0)) {
            violations.add(path + " is too short");
        } else if (value instanceof JsonArray array && schema.containsKey("items")) {
            array.forEach(item -> check(path + "[]", schema.getJsonObject("items"), item, violations));
        } else if (value instanceof JsonObject object && schema.containsKey("properties")) {
            checkMembers(path, schema, object, violations);
        }
    }

    private void checkMembers(String path, JsonObject schema, JsonObject object, List<String> violations) {
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            if (!object.containsKey((String) required)) {
                violations.add(path + "." + required + " is missing");
            }
        }
        JsonObject properties = schema.getJsonObject("properties");
        for (Map.Entry<String, Object> member : object) {
            String name = path + "." + member.getKey();
            JsonObject property = properties.getJsonObject(member.getKey());
            if (property == null) {
                violations.add(name + " is not in the contract");
            } else {
                check(name, property, member.getValue(), violations);
            }
        }
    }

    private JsonObject resolved(JsonObject schema) {
        JsonObject resolved = schema;
        while (resolved.containsKey("$ref")) {
            JsonObject at = document;
            for (String step :
                    resolved.getString("$ref").substring("#/".length()).split("/")) {
                at = at.getJsonObject(step);
            }
            resolved = at;
        }
        return resolved;
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
