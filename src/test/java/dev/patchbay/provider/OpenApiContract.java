package dev.patchbay.provider;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a provider's OpenAPI document, as strictly as {@link ContractDocument} says: a path, parameter or field
 * that is not in it is an error, and so is a value of another type, outside of its enumeration, or not matching its
 * pattern.
 */
public final class OpenApiContract {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

    private final ContractDocument document;

    private OpenApiContract(ContractDocument document) {
        this.document = document;
    }

    /** Reads a document; the calling test is skipped where the contracts are not at hand. */
    public static OpenApiContract of(String document) {
        return new OpenApiContract(ContractDocument.of(document));
    }

    /** An operation of the document, such as {@code POST /rooms}. */
    private record Operation(String path, JsonObject json) {}

    /** What is wrong with the JSON body of a POST; empty when it is as the document says. */
    public List<String> violations(String path, JsonObject body) {
        return violations("POST", path, "application/json", body.encode());
    }

    /**
     * What is wrong with a request; empty when it is as the document says.
     *
     * @param target path and query as sent
     * @param contentType of the body; null or empty without one
     */
    public List<String> violations(String method, String target, @Nullable String contentType, String body) {
        QueryStringDecoder query = new QueryStringDecoder(target);
        Optional<Operation> found = operation(method, query.path());
        if (found.isEmpty()) {
            return List.of(method + " " + query.path() + " is not in the contract");
        }
        List<String> violations = new ArrayList<>();
        Map<String, List<String>> path = inPath(found.get().path(), query.path());
        checkParameters("path", found.get().json(), path, violations);
        checkParameters("query", found.get().json(), query.parameters(), violations);
        if (contentType != null && !contentType.isEmpty()) {
            checkBody(found.get().json(), contentType, body, violations);
        }
        return violations;
    }

    /** The operation that a request is, such as {@code DELETE /rooms/{room_name}}; empty when it is none. */
    public Optional<String> name(String method, String target) {
        return operation(method, new QueryStringDecoder(target).path()).map(found -> method + " " + found.path());
    }

    private void checkParameters(
            String in, JsonObject operation, Map<String, List<String>> given, List<String> violations) {
        Map<String, JsonObject> known = new LinkedHashMap<>();
        for (Object each : operation.getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = document.resolved((JsonObject) each);
            if (in.equals(parameter.getString("in"))) {
                known.put(parameter.getString("name"), parameter);
            }
        }
        given.forEach((name, values) -> {
            if (!known.containsKey(name)) {
                violations.add(in + " " + name + " is not in the contract");
            } else {
                values.forEach(value -> document.checkText(
                        in + " " + name, known.get(name).getJsonObject("schema"), value, violations));
            }
        });
        known.forEach((name, parameter) -> {
            if (parameter.getBoolean("required", false) && !given.containsKey(name)) {
                violations.add(in + " " + name + " is missing");
            }
        });
    }

    private void checkBody(JsonObject operation, String contentType, String body, List<String> violations) {
        JsonObject content = document.resolved(operation.getJsonObject("requestBody", new JsonObject()))
                .getJsonObject("content", new JsonObject())
                .getJsonObject(contentType.split(";")[0].trim());
        if (content == null) {
            violations.add("a body of " + contentType + " is not in the contract");
        } else if (contentType.startsWith("application/json")) {
            document.check("body", content.getJsonObject("schema"), new JsonObject(body), violations);
        } else {
            checkForm(document.resolved(content.getJsonObject("schema")), body, violations);
        }
    }

    private void checkForm(JsonObject schema, String body, List<String> violations) {
        Map<String, List<String>> form = new QueryStringDecoder(body, false).parameters();
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        form.forEach((name, values) -> {
            if (!properties.containsKey(name)) {
                violations.add(name + " is not in the contract");
                return;
            }
            JsonObject property = document.resolved(properties.getJsonObject(name));
            boolean list = "array".equals(property.getString("type"));
            if (!list && values.size() > 1) {
                violations.add(name + " comes more than once");
            }
            JsonObject each = list ? property.getJsonObject("items") : property;
            values.forEach(value -> document.checkText(name, each, value, violations));
        });
        for (Object required : schema.getJsonArray("required", new JsonArray())) {
            if (!form.containsKey((String) required)) {
                violations.add(required + " is missing");
            }
        }
    }

    /** Of several paths that fit, the one with the fewest placeholders. */
    private Optional<Operation> operation(String method, String path) {
        return document.json().getJsonObject("paths").stream()
                .filter(entry -> pattern(entry.getKey()).matcher(path).matches())
                .filter(entry -> ((JsonObject) entry.getValue()).containsKey(method.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparing(
                        entry -> PLACEHOLDER.matcher(entry.getKey()).results().count()))
                .map(entry -> new Operation(
                        entry.getKey(),
                        ((JsonObject) entry.getValue()).getJsonObject(method.toLowerCase(Locale.ROOT))));
    }

    private static Map<String, List<String>> inPath(String template, String path) {
        List<String> names = PLACEHOLDER
                .matcher(template)
                .results()
                .map(found -> found.group(1))
                .toList();
        Matcher values = pattern(template).matcher(path);
        Map<String, List<String>> given = new LinkedHashMap<>();
        if (values.matches()) {
            for (int i = 0; i < names.size(); i++) {
                given.put(names.get(i), List.of(values.group(i + 1)));
            }
        }
        return given;
    }

    private static Pattern pattern(String template) {
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        Matcher placeholder = PLACEHOLDER.matcher(template);
        while (placeholder.find()) {
            pattern.append(Pattern.quote(template.substring(from, placeholder.start())))
                    .append("([^/]+)");
            from = placeholder.end();
        }
        return Pattern.compile(pattern + Pattern.quote(template.substring(from)));
    }
}
