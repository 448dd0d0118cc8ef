package dev.patchbay.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** A route as its YAML file has it, read without Camel, so that the rules see what people write. */
public record YamlRoute(Path file, Map<String, Object> definition) {

    static final Path DIR = Path.of("routes");

    private static final Set<String> OUTWARD = Set.of("to", "toD", "wireTap");

    /** A step that sends the message on; without an id or a URI they are empty. */
    public record Sending(String step, String id, String uri) {

        public boolean isDirect() {
            return uri.startsWith("direct:");
        }

        /** The name behind {@code direct:}. */
        public String name() {
            return uri.substring("direct:".length());
        }
    }

    /** Every route, in the order of the files. */
    public static List<YamlRoute> all() {
        return files().stream()
                .flatMap(file -> entries(file).stream()
                        .filter(entry -> entry.containsKey("route"))
                        .map(entry -> new YamlRoute(file, map(entry.get("route")))))
                .toList();
    }

    /** Every {@code *.camel.yaml}, in order. */
    static List<Path> files() {
        try (Stream<Path> files = Files.walk(DIR)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in a file: {@code route}s, {@code routeConfiguration}s. */
    static List<Map<String, Object>> entries(Path file) {
        List<Map<String, Object>> entries = new ArrayList<>();
        if (new Yaml().load(text(file)) instanceof List<?> list) {
            list.forEach(entry -> entries.add(map(entry)));
        }
        return entries;
    }

    /** The names of the folders in {@code recipe/}. */
    static Set<String> recipes() {
        try (Stream<Path> folders = Files.list(DIR.resolve("recipe"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands below these keys in {@code application.yaml}, for every profile; empty when there is nothing. */
    static Map<String, Object> settings(String... keys) {
        Map<String, Object> found = map(new Yaml()
                .loadAll(text(Path.of("src/main/resources/application.yaml")))
                .iterator()
                .next());
        for (String key : keys) {
            found = map(found.get(key));
        }
        return found;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value that is missing is empty. */
    String value(String name) {
        return String.valueOf(definition.getOrDefault(name, ""));
    }

    public String id() {
        return value("id");
    }

    /** Where the route begins: {@code direct:agent-select}, {@code platform-http}. */
    String uri() {
        return String.valueOf(from().getOrDefault("uri", ""));
    }

    /** The parameters of the endpoint that the route begins at. */
    public Map<String, Object> parameters() {
        return from().get("parameters") instanceof Map<?, ?> given ? map(given) : Map.of();
    }

    /** Whether requests from outside come in here. */
    public boolean isEntry() {
        return uri().startsWith("platform-http");
    }

    /** Below the routes folder: {@code operation}, {@code provider/echo}. */
    public String folder() {
        return DIR.relativize(file.getParent()).toString().replace('\\', '/');
    }

    /** The provider in whose folder the file is; empty elsewhere. */
    public String provider() {
        return folder().startsWith("provider/") ? folder().substring("provider/".length()) : "";
    }

    /** The recipe in whose folder the file is; empty elsewhere. */
    public String recipe() {
        return folder().startsWith("recipe/") ? folder().substring("recipe/".length()) : "";
    }

    /** Every step that sends the message on, in order, however deep. */
    public List<Sending> sendings() {
        List<Sending> found = new ArrayList<>();
        collect(from().get("steps"), found);
        return found;
    }

    /** Names of the beans that are called, in {@code bean}, {@code method} and {@code process} steps. */
    public Set<String> beans() {
        Set<String> found = new TreeSet<>();
        collectBeans(from().get("steps"), found);
        return found;
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private Map<String, Object> from() {
        return map(definition.get("from"));
    }

    private static void collect(Object node, List<Sending> found) {
        if (node instanceof Collection<?> list) {
            list.forEach(element -> collect(element, found));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (OUTWARD.contains(String.valueOf(name))) {
                    found.add(sending(String.valueOf(name), value));
                } else {
                    collect(value, found);
                }
            });
        }
    }

    private static void collectBeans(Object node, Set<String> found) {
        if (node instanceof Collection<?> list) {
            list.forEach(element -> collectBeans(element, found));
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (name.equals("ref") && value instanceof String bean) {
                    found.add(bean);
                } else {
                    collectBeans(value, found);
                }
            });
        }
    }

    private static Sending sending(String step, Object value) {
        return value instanceof Map<?, ?> given
                ? new Sending(step, text(map(given), "id"), text(map(given), "uri"))
                : new Sending(step, "", String.valueOf(value));
    }

    private static String text(Map<String, Object> map, String name) {
        return String.valueOf(map.getOrDefault(name, ""));
    }

    @SuppressWarnings("unchecked") // YAML keys are texts here; another one fails a rule.
    private static Map<String, Object> map(Object node) {
        return node instanceof Map<?, ?> ? (Map<String, Object>) node : Map.of();
    }
}
