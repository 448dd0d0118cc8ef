package dev.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.route.check.RouteEdit;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes check}, as an engineer's pipeline runs it. */
class CheckRoutesCommandTest {

    private static final String BROKEN = "operation/call-event.camel.yaml";

    @TempDir
    private Path folder;

    @Test
    void theProjectsRoutesAreInOrder() {
        Run run = Run.of(Map.of(), "routes", "check");

        assertThat(run.out()).endsWith("files of routes are in order." + System.lineSeparator());
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void theFolderIsGivenOrThatOfTheSettings() throws Exception {
        Path routes = broken();
        String line = routes.resolve(BROKEN) + ":7:11: there is no step too; did you mean to?";

        Run given = Run.of(Map.of(), "routes", "check", routes.toString());
        Run configured = Run.of(Map.of("PATCHBAY_ROUTES_DIR", routes.toString()), "routes", "check");

        assertThat(given.exitCode()).isEqualTo(1);
        assertThat(given.out().lines()).containsExactly(line, "            - too:", "              ^", "1 wrong.");
        assertThat(configured.out()).isEqualTo(given.out());
    }

    @Test
    void asJson() throws Exception {
        Path routes = broken();

        Run run = Run.of(Map.of(), "routes", "check", "--json", routes.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        JsonObject report = new JsonObject(run.out());
        assertThat(report.getBoolean("ok")).isFalse();
        assertThat(report.getJsonArray("findings")).hasSize(1);
        assertThat(report.getJsonArray("findings").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("file", routes.resolve(BROKEN).toString())
                        .put("line", 7)
                        .put("column", 11)
                        .put("reason", "there is no step too; did you mean to?")
                        .put("excerpt", "        - too:\n          ^"));
    }

    @Test
    void aFolderThatIsNotThereIsWrong() {
        Run run = Run.of(Map.of(), "routes", "check", folder.resolve("nowhere").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("no route is here");
    }

    @Test
    void twoHundredRoutesTakeLessThanTenSeconds() throws Exception {
        Path routes = RouteEdit.copyOfRoutes(folder.resolve("routes"));
        String route = Files.readString(routes.resolve("operation/agent-select.camel.yaml"));
        for (int i = 0; i < 100; i++) {
            Files.writeString(
                    routes.resolve("operation/agent-select-" + i + ".camel.yaml"),
                    route.replace("agent-select", "agent-select-" + i));
        }
        long begin = System.nanoTime();

        Run run = Run.of(Map.of(), "routes", "check", routes.toString());

        assertThat(run.out()).containsPattern("^([2-9]\\d\\d) files of routes are in order\\.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void routesAloneIsNotUnderstood() {
        Run run = Run.of(Map.of(), "routes", "chekc");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("check");
    }

    private Path broken() throws Exception {
        Path routes = RouteEdit.copyOfRoutes(folder.resolve("routes"));
        Path file = routes.resolve(BROKEN);
        Files.writeString(file, Files.readString(file).replace("- to:", "- too:"));
        return routes;
    }
}
