package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code application.yaml}, {@code .env.example} and {@code docs/configuration.md} say the same. */
class ConfigurationDocTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::([^${}]*))?");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]*)=(.*)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z0-9_.-]+)` \\| (.+?) \\| (.+) \\|$");

    /** Variable to its default in the default profile, empty for none. */
    private static final Map<String, String> VARIABLES = new TreeMap<>();

    /** {@code patchbay.*} key with a value of its own to that value. */
    private static final Map<String, String> FIXED = new TreeMap<>();

    private static final Map<String, String> DOCUMENTED = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (Reader yaml = Files.newBufferedReader(Path.of("src/main/resources/application.yaml"))) {
            for (Object document : new Yaml().loadAll(yaml)) {
                boolean always = !isForAProfile(document);
                eachValue("", document, (key, value) -> keep(key, value, always));
            }
        }
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/configuration.md")));
        while (row.find()) {
            assertThat(DOCUMENTED.put(row.group(1), row.group(2).replace("`", "")))
                    .as(row.group(1) + " has one row")
                    .isNull();
        }
    }

    private static void eachValue(String key, Object node, BiConsumer<String, String> use) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> eachValue(key.isEmpty() ? name.toString() : key + "." + name, value, use));
        } else {
            use.accept(key, String.valueOf(node));
        }
    }

    /** What only the sandbox sets is its own, and no setting of anybody's. */
    private static boolean isForAProfile(Object document) {
        boolean[] found = new boolean[1];
        eachValue("", document, (key, value) -> found[0] |= key.equals("spring.config.activate.on-profile"));
        return found[0];
    }

    private static void keep(String key, String value, boolean always) {
        Matcher placeholder = PLACEHOLDER.matcher(value);
        boolean variable = false;
        while (placeholder.find()) {
            variable = true;
            // The default profile comes first in the file; what follows is for other profiles.
            VARIABLES.putIfAbsent(placeholder.group(1), placeholder.group(2) == null ? "" : placeholder.group(2));
        }
        if (always && !variable && key.startsWith("patchbay.")) {
            FIXED.putIfAbsent(key, value);
        }
    }

    @Test
    void theDocumentHasEveryVariableAndKeyAndNothingElse() {
        Set<String> settings = new TreeSet<>(VARIABLES.keySet());
        settings.addAll(FIXED.keySet());

        assertThat(VARIABLES).as("application.yaml was understood").containsKey("WEBHOOK_BASE_URL");
        assertThat(DOCUMENTED.keySet()).isEqualTo(settings);
    }

    @Test
    void theDocumentHasTheirDefaults() {
        VARIABLES.forEach((variable, value) -> {
            if (value.isEmpty()) {
                assertThat(DOCUMENTED.get(variable)).as(variable).isIn("unset", "400 per core");
            } else {
                assertThat(DOCUMENTED.get(variable)).as(variable).isEqualTo(value);
            }
        });
        FIXED.forEach((key, value) -> assertThat(DOCUMENTED.get(key)).as(key).isEqualTo(value));
    }

    @Test
    void theExampleHasEveryVariableWithItsDefaultAndNothingElse() throws IOException {
        Map<String, String> example = new TreeMap<>();
        Matcher line = EXAMPLE.matcher(Files.readString(Path.of(".env.example")));
        while (line.find()) {
            example.put(line.group(1), line.group(2));
        }

        assertThat(example).isEqualTo(VARIABLES);
    }

    @Test
    void everyVariableThatAMessageOrJavadocNamesExists() throws IOException {
        Pattern named = Pattern.compile("\\b(?:PATCHBAY|TWILIO|ELEVENLABS|RETELL|DAILY|WEBHOOK|MONGODB)_[A-Z_]+\\b");
        Set<String> unknown = new HashSet<>();
        try (var files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().matches(".*\\.(java|yaml)")) {
                    named.matcher(Files.readString(file))
                            .results()
                            .map(found -> found.group())
                            .forEach(unknown::add);
                }
            }
        }
        unknown.removeAll(DOCUMENTED.keySet());

        assertThat(unknown)
                .as("named in src/main, absent from docs/configuration.md")
                .isEmpty();
    }
}
