package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.route.check.StandInBeans;
import dev.patchbay.settings.GatewaySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * {@code docs/headers.md} has every header and variable that routes hand to each other, and nothing else. Who sets and who reads
 * one is written there as the files have it; a failure shows the text to put there.
 */
class HeadersDocTest {

    private static final Path DOCUMENT = Path.of("docs/headers.md");
    private static final int MANY = 6;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|(.*)\\|$");
    private static final Pattern IN_URL = Pattern.compile("[?&]([a-z_]+)=");

    private static RouteValues values;

    @BeforeAll
    static void read() {
        values = new RouteValues(StandInBeans.of(
                GatewaySettings.of(Map.of("SPRING_PROFILES_ACTIVE", "sandbox")).environment()));
    }

    @Test
    void everyVariableIsThereWithWhoSetsAndReadsIt() throws Exception {
        Set<String> shared = values.variables.shared();
        assertThat(shared).as("the files were understood").contains("call", "agent", "range", "callId");
        shared.forEach(name -> assertThat(values.variables.setters(name))
                .as("variable %s is read by %s and set by nobody", name, values.variables.readers(name))
                .isNotEmpty());

        Map<String, List<String>> written = rows("Variables");
        Map<String, List<String>> expected = new TreeMap<>();
        shared.forEach(name -> {
            List<String> row = written.getOrDefault(name, List.of("?", "?", "", ""));
            Set<String> types = values.variables.types.getOrDefault(name, Set.of());
            // An expression has no type that could be read; there the document is believed.
            String type = types.isEmpty() || types.stream().allMatch(row.get(0)::contains)
                    ? row.get(0)
                    : String.join(" or ", types);
            expected.put(
                    name,
                    List.of(
                            type,
                            row.get(1),
                            shown(values.variables.setters(name), Integer.MAX_VALUE),
                            shown(values.variables.readers(name), MANY)));
        });
        assertThat(text(written)).isEqualTo(text(expected));
    }

    @Test
    void everyHeaderIsThereWithWhoSetsAndReadsIt() throws Exception {
        Set<String> names = new TreeSet<>(values.headers.setBy.keySet());
        names.addAll(values.headers.readBy.keySet());
        names.removeAll(parameters().keySet());
        names.removeIf(values.headers::isOfOneRecipe);
        names.removeIf(name -> name.startsWith("CamelTwilio.") && !name.endsWith("*"));
        assertThat(names).as("the files were understood").contains("CamelHttpMethod", "Location", "CamelTwilio.*");
        names.forEach(name -> assertThat(values.headers.setters(name))
                .as("header %s is read by %s, set by nobody and no parameter", name, values.headers.readers(name))
                .isNotEmpty());

        Map<String, List<String>> written = rows("Headers");
        Map<String, List<String>> expected = new TreeMap<>();
        names.forEach(name -> expected.put(
                name,
                List.of(
                        written.getOrDefault(name, List.of("?")).get(0),
                        shown(ofAll(values.headers.setBy, name), MANY),
                        shown(ofAll(values.headers.readBy, name), MANY))));
        assertThat(text(written)).isEqualTo(text(expected));
    }

    @Test
    void everyParameterIsThere() throws Exception {
        Map<String, Set<String>> parameters = parameters();
        Map<String, List<String>> written = rows("Parameters");
        Map<String, List<String>> expected = new TreeMap<>();
        parameters.forEach((name, places) -> {
            if (!values.headers.readers(name).isEmpty() && !values.headers.isOfOneRecipe(name)) {
                expected.put(
                        name,
                        List.of(
                                String.join(", ", places),
                                written.getOrDefault(name, List.of("", "?")).get(1),
                                shown(values.headers.readers(name), MANY)));
            }
        });
        assertThat(text(written)).isEqualTo(text(expected));
    }

    /** By name, where each can come from: {@code path}, {@code query}. */
    private static Map<String, Set<String>> parameters() throws Exception {
        Map<String, Set<String>> found = new TreeMap<>();
        for (YamlRoute route : YamlRoute.all()) {
            Matcher part = Pattern.compile("\\{(\\w+)}")
                    .matcher(String.valueOf(route.parameters().getOrDefault("path", "")));
            while (part.find()) {
                found.computeIfAbsent(part.group(1), none -> new TreeSet<>()).add("path");
            }
        }
        queryParameters(new Yaml().load(Files.readString(Path.of("routes/api/openapi.yaml"))), found);
        // Of URLs that we give to providers, and of what the sandbox plays.
        try (Stream<Path> files =
                Stream.concat(Files.walk(Path.of("src/main/java/dev/patchbay/provider")), Files.walk(YamlRoute.DIR))) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(java|camel\\.yaml)"))
                    .toList()) {
                IN_URL.matcher(Files.readString(file)).results().forEach(name -> found.computeIfAbsent(
                                name.group(1), none -> new TreeSet<>())
                        .add("query"));
            }
        }
        Set.of("PhoneNumber").forEach(name -> found.put(name, new TreeSet<>(Set.of("query")))); // Twilio's own spelling
        return found;
    }

    private static void queryParameters(Object node, Map<String, Set<String>> found) {
        if (node instanceof Collection<?> list) {
            list.forEach(element -> queryParameters(element, found));
        } else if (node instanceof Map<?, ?> map) {
            if ("query".equals(map.get("in"))) {
                found.computeIfAbsent(String.valueOf(map.get("name")), none -> new TreeSet<>())
                        .add("query");
            }
            map.values().forEach(value -> queryParameters(value, found));
        }
    }

    /** {@code CamelTwilio.*} is all that begins so. */
    private static Set<String> ofAll(Map<String, Set<String>> who, String name) {
        return who.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name)
                        || (name.endsWith("*") && entry.getKey().startsWith(name.substring(0, name.length() - 1))))
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names for people: recipes and the sandbox as a whole, providers that do the same in one. */
    private static String shown(Set<String> names, int most) {
        Set<String> providers = providers();
        Map<String, Set<String>> byVerb = new TreeMap<>();
        names.forEach(name -> providers.stream()
                .filter(provider -> name.startsWith(provider + "-"))
                .forEach(provider -> byVerb.computeIfAbsent(
                                name.substring(provider.length() + 1), none -> new TreeSet<>())
                        .add(name)));
        Map<String, String> one = new LinkedHashMap<>();
        byVerb.forEach((verb, same) -> {
            if (same.size() > 1) {
                same.forEach(name -> one.put(name, "\\<provider>-" + verb));
            }
        });
        Set<String> shown = new TreeSet<>();
        names.forEach(name -> shown.add(
                name.startsWith("recipe-")
                        ? "recipes"
                        : name.startsWith("sandbox-")
                                ? "the sandbox"
                                : name.equals("EntryConsumer") ? "every entry" : one.getOrDefault(name, name)));
        return shown.size() > most ? "many" : String.join(", ", shown);
    }

    private static Set<String> providers() {
        return YamlRoute.all().stream()
                .map(YamlRoute::provider)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The cells behind the name, by name. */
    private static Map<String, List<String>> rows(String section) throws Exception {
        Matcher part =
                Pattern.compile("(?ms)^## " + section + "\n(.*?)(?=^## |\\z)").matcher(Files.readString(DOCUMENT));
        assertThat(part.find()).as(DOCUMENT + " has a section " + section).isTrue();
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(part.group(1));
        while (row.find()) {
            List<String> cells = new ArrayList<>();
            for (String cell : row.group(2).split("(?<!\\\\)\\|", -1)) {
                cells.add(cell.strip());
            }
            rows.put(row.group(1), cells);
        }
        return rows;
    }

    private static String text(Map<String, List<String>> rows) {
        return rows.entrySet().stream()
                .map(row -> "| `" + row.getKey() + "` | " + String.join(" | ", row.getValue()) + " |")
                .collect(Collectors.joining("\n"));
    }
}
