package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.route.check.RouteCheck;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.YamlRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The routes and {@code routes/api/openapi.yaml} have the same paths, open to the same callers. */
class RouteDocumentTest {

    /** Served by handlers of the public plane, which no edit of a route may cut. */
    private static final Set<String> SERVED_BY_JAVA = RouteCheck.SERVED_BY_THE_GATEWAY;

    /** {@code GET /calls/{}} to the names of its security schemes. */
    private static final Map<String, Set<String>> DOCUMENTED = new TreeMap<>();

    /** {@code GET /calls/{}} to the route policy. */
    private static final Map<String, String> SERVED = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        Map<String, Object> document = new Yaml().load(Files.readString(Path.of("routes/api/openapi.yaml")));
        map(document.get("paths")).forEach((path, item) -> map(item).forEach((method, operation) -> {
            if (Set.of("get", "post", "put", "patch", "delete").contains(method)) {
                Object security = map(operation).getOrDefault("security", document.get("security"));
                DOCUMENTED.put(key(method.toUpperCase(Locale.ROOT), path), schemes(security));
            }
        }));
        YamlRoute.all(new RouteFolder(Path.of("routes"), true).read()).stream()
                .filter(route -> route.isEntry() && !route.folder().equals("sandbox"))
                .forEach(route -> route.methods()
                        .forEach(method ->
                                SERVED.put(key(method, route.parameters().get("path")), route.value("routePolicy"))));
    }

    @Test
    void everyEntryIsInTheDocument() {
        assertThat(SERVED).hasSizeGreaterThan(9);
        assertThat(DOCUMENTED.keySet())
                .as("because a path that is not described is not checked, and nobody finds it")
                .containsAll(SERVED.keySet());
    }

    @Test
    void everythingInTheDocumentIsServed() {
        Set<String> missing = new TreeSet<>(DOCUMENTED.keySet());
        missing.removeAll(SERVED.keySet());
        missing.removeAll(SERVED_BY_JAVA);

        assertThat(missing).as("because who reads the document builds on it").isEmpty();
        assertThat(DOCUMENTED.keySet()).containsAll(SERVED_BY_JAVA);
    }

    @Test
    void bothSayTheSameAboutWhoMayCall() {
        SERVED.forEach((entry, policy) -> assertThat(DOCUMENTED.getOrDefault(entry, Set.of()))
                .as(
                        "%s, because the document decides who is asked for a key before the body is read, and the route behind it",
                        entry)
                .isEqualTo(schemesOf(policy)));
    }

    private static Set<String> schemesOf(String policy) {
        if (policy.startsWith("api-key")) {
            return Set.of("bearer", "key");
        }
        return policy.equals("public") ? Set.of() : Set.of(policy.replace("-signature", ""));
    }

    private static String key(String method, String path) {
        return method + " " + path.replaceAll("\\{[^}]*}", "{}");
    }

    private static Set<String> schemes(Object security) {
        List<String> names = new ArrayList<>();
        if (security instanceof List<?> alternatives) {
            alternatives.forEach(alternative -> names.addAll(map(alternative).keySet()));
        }
        return Set.copyOf(names);
    }

    @SuppressWarnings("unchecked") // YAML keys are texts here; another one fails a rule.
    private static Map<String, Object> map(Object node) {
        return node instanceof Map<?, ?> ? (Map<String, Object>) node : Map.of();
    }
}
