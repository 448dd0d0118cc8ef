package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml} and {@code Dockerfile}, as far as they can be checked without a container engine. */
class ContainerFilesTest {

    private static final Pattern INTERPOLATED = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

    @Test
    void composeNamesDocumentedVariablesOnly() throws IOException {
        String compose = Files.readString(Path.of("docker-compose.yml"));
        Set<String> named = new TreeSet<>(map(service("gateway"), "environment").keySet());
        named.addAll(groups(INTERPOLATED, compose));
        named.addAll(groups(INTERPOLATED, Files.readString(Path.of("Dockerfile"))));
        List<String> documented = groups(
                Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\|"), Files.readString(Path.of("docs/configuration.md")));

        assertThat(named).contains("PATCHBAY_OPS_USER", "MONGODB_URI");
        assertThat(documented).containsAll(named);
    }

    @Test
    void theHostSeesThePublicPortAndTheOperationsPlaneOnLoopbackOnly() throws IOException {
        assertThat(list(service("gateway"), "ports"))
                .containsExactly("${PATCHBAY_HTTP_PORT:-8080}:8080", "127.0.0.1:${SERVER_PORT:-8081}:8081");
        assertThat(service("mongodb")).doesNotContainKey("ports");
    }

    @Test
    void theOperationsPlaneHasALogin() throws IOException {
        Map<String, Object> environment = map(service("gateway"), "environment");

        assertThat(environment.get("PATCHBAY_OPS_USER").toString()).startsWith("${PATCHBAY_OPS_USER:?");
        assertThat(environment.get("PATCHBAY_OPS_PASSWORD").toString()).startsWith("${PATCHBAY_OPS_PASSWORD:?");
    }

    @Test
    void theRoutesAreMountedReadOnlyWhereTheGatewayLooks() throws IOException {
        assertThat(map(service("gateway"), "environment")).containsEntry("PATCHBAY_ROUTES_DIR", "/patchbay/routes");
        assertThat(list(service("gateway"), "volumes")).containsExactly("./routes:/patchbay/routes:ro");
    }

    @Test
    void theDatabaseIsAReplicaSetThatTheGatewayWaitsFor() throws IOException {
        assertThat(list(service("mongodb"), "command")).contains("--replSet", "rs0");
        assertThat(map(service("mongodb"), "healthcheck").get("test").toString())
                .contains("rs.initiate", "isWritablePrimary");
        assertThat(map(map(service("gateway"), "depends_on"), "mongodb")).containsEntry("condition", "service_healthy");
        assertThat(map(service("gateway"), "environment").get("MONGODB_URI").toString())
                .contains("mongodb:27017", "replicaSet=rs0");
        List<Object> volumes = list(service("mongodb"), "volumes");
        assertThat(volumes).contains("mongodb-data:/data/db");
        assertThat(map(compose(), "volumes").keySet())
                .containsExactlyInAnyOrderElementsOf(volumes.stream()
                        .map(volume -> volume.toString().split(":")[0])
                        .toList());
    }

    @Test
    void whatTheDockerfileCopiesExistsAndIsSentToTheEngine() throws IOException {
        List<String> sources = instructions("COPY")
                .filter(copy -> !copy.contains("--from="))
                .flatMap(copy -> {
                    List<String> words = List.of(copy.split("\\s+"));
                    return words.subList(0, words.size() - 1).stream();
                })
                .toList();
        List<String> sent = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        assertThat(sources).isNotEmpty().allMatch(source -> Files.exists(Path.of(source)));
        assertThat(sent).containsExactlyInAnyOrderElementsOf(sources);
    }

    @Test
    void theImageRunsAsNobodySpecialAndWatchesItsHealth() throws IOException {
        assertThat(instructions("USER")).containsExactly("patchbay");
        assertThat(instructions("HEALTHCHECK").findFirst().orElseThrow()).contains("GET /health");
        assertThat(instructions("FROM")).allMatch(image -> image.startsWith("eclipse-temurin:17-"));
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>patchbay</finalName>");
    }

    private static Stream<String> instructions(String name) throws IOException {
        String joined = Files.readString(Path.of("Dockerfile")).replace("\\\n", " ");
        return joined.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1));
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Map<String, Object> compose() throws IOException {
        return new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
    }

    private static Map<String, Object> service(String name) throws IOException {
        return map(map(compose(), "services"), name);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        assertThat(parent).containsKey(key);
        return (Map<String, Object>) parent.get(key);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> parent, String key) {
        assertThat(parent).containsKey(key);
        return (List<Object>) parent.get(key);
    }
}
