package dev.patchbay.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** A kamelet as its file has it, read without Camel. */
public record YamlKamelet(Path file, Map<String, Object> document) {

    static final String SUFFIX = ".kamelet.yaml";

    private static final Path DIR = YamlRoute.DIR.resolve("kamelet");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9]+)[^}]*}}");

    /** A place in a route where a kamelet is used. */
    record Use(Path file, String kamelet, Map<String, Object> parameters) {

        @Override
        public String toString() {
            return file + " -> " + kamelet;
        }
    }

    /** Every kamelet, in the order of the files. */
    public static List<YamlKamelet> all() {
        try (Stream<Path> files = Files.list(DIR)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(file -> new YamlKamelet(file, map(new Yaml().load(YamlRoute.text(file)))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return text(map(document.get("metadata")), "name");
    }

    /** The route that shows how the kamelet is used, as a file would have it. */
    public String example() {
        return text(definition(), "example");
    }

    /** The route of {@link #example()}. */
    YamlRoute exampleRoute() {
        Object entries = new Yaml().load(example());
        Map<String, Object> entry = entries instanceof List<?> list && list.size() == 1 ? map(list.get(0)) : Map.of();
        return new YamlRoute(file, map(entry.get("route")));
    }

    /** {@code action} or {@code source}. */
    String type() {
        return text(map(map(document.get("metadata")).get("labels")), "camel.apache.org/kamelet.type");
    }

    Map<String, Object> annotations() {
        return map(map(document.get("metadata")).get("annotations"));
    }

    Map<String, Object> spec() {
        return map(document.get("spec"));
    }

    Map<String, Object> definition() {
        return map(spec().get("definition"));
    }

    Map<String, Object> template() {
        return map(spec().get("template"));
    }

    String description() {
        return text(definition(), "description");
    }

    /** The parameters by name, in the order of the file. */
    Map<String, Map<String, Object>> parameters() {
        Map<String, Map<String, Object>> parameters = new LinkedHashMap<>();
        map(definition().get("properties")).forEach((name, value) -> parameters.put(name, map(value)));
        return parameters;
    }

    Set<String> required() {
        return definition().get("required") instanceof List<?> names
                ? names.stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }

    /** What the template asks for between double braces; its own beans left out. */
    Set<String> placeholders() {
        Set<String> found = new TreeSet<>();
        eachText(
                template(),
                (key, text) -> PLACEHOLDER.matcher(text).results().forEach(result -> found.add(result.group(1))));
        if (template().get("beans") instanceof List<?> beans) {
            beans.forEach(bean -> found.remove(text(map(bean), "name")));
        }
        return found;
    }

    /** The variables that the template sets. */
    Set<String> variables() {
        Set<String> found = new TreeSet<>();
        collectVariables(template(), found);
        return found;
    }

    /** The patterns of the headers that the template removes. */
    Set<String> removedHeaders() {
        Set<String> found = new TreeSet<>();
        eachText(template(), (key, text) -> {
            if (key.equals("pattern")) {
                found.add(text);
            }
        });
        return found;
    }

    /** Every endpoint that the template begins at or sends to, {@code direct:call-dial}; also those of {@code enrich}. */
    Set<String> endpoints() {
        Set<String> found = new TreeSet<>();
        eachText(template(), (key, text) -> {
            if (key.equals("uri") || (key.equals("expression") && text.startsWith("direct:"))) {
                found.add(text);
            }
        });
        return found;
    }

    /** Whether the template has a step of this kind. */
    boolean hasStep(String step) {
        return hasKey(template(), step);
    }

    /** Every use of a kamelet in a route; {@code name?a=b} has no parameters of its own and breaks a rule. */
    static List<Use> uses(YamlRoute route) {
        List<Use> uses = new ArrayList<>();
        collectUses(route.file(), route.definition(), uses);
        return uses;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static void collectUses(Path file, Object node, List<Use> uses) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("uri") instanceof String uri && uri.startsWith("kamelet:")) {
                uses.add(new Use(file, uri.substring("kamelet:".length()), map(map.get("parameters"))));
            }
            map.values().forEach(value -> collectUses(file, value, uses));
        } else if (node instanceof Collection<?> list) {
            list.forEach(value -> collectUses(file, value, uses));
        }
    }

    private static void collectVariables(Object node, Set<String> found) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                switch (String.valueOf(key)) {
                    case "setVariable" -> found.add(text(map(value), "name"));
                    case "setVariables" -> {
                        if (map(value).get("variables") instanceof List<?> list) {
                            list.forEach(each -> found.add(text(map(each), "name")));
                        }
                    }
                    case "variableReceive" -> found.add(String.valueOf(value));
                    default -> {
                        // Sets none.
                    }
                }
                collectVariables(value, found);
            });
        } else if (node instanceof Collection<?> list) {
            list.forEach(value -> collectVariables(value, found));
        }
    }

    private static boolean hasKey(Object node, String key) {
        return node instanceof Map<?, ?> map
                ? map.containsKey(key) || map.values().stream().anyMatch(value -> hasKey(value, key))
                : node instanceof Collection<?> list && list.stream().anyMatch(value -> hasKey(value, key));
    }

    private static void eachText(Object node, BiConsumer<String, String> use) {
        eachText("", node, use);
    }

    private static void eachText(String key, Object node, BiConsumer<String, String> use) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> eachText(String.valueOf(name), value, use));
        } else if (node instanceof Collection<?> list) {
            list.forEach(value -> eachText(key, value, use));
        } else if (node != null) {
            use.accept(key, node.toString());
        }
    }

    private static String text(Map<String, Object> map, String name) {
        return String.valueOf(map.getOrDefault(name, ""));
    }

    @SuppressWarnings("unchecked") // YAML keys are texts here; another one fails a rule.
    private static Map<String, Object> map(Object node) {
        return node instanceof Map<?, ?> ? (Map<String, Object>) node : Map.of();
    }
}
