package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.route.Routes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A gateway on which nobody has switched a recipe on. */
class RecipesOffFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void noRouteOfARecipeIsThere() throws Exception {
        Routes routes = gateway.bean(Routes.class);

        assertThat(routes.has("call-screen")).isTrue();
        assertThat(routesOfRecipes()).isNotEmpty().noneMatch(routes::has);
    }

    @Test
    void theNumbersAndCallersOfRecipesAreAnsweredLikeOthers() throws Exception {
        for (String to : List.of("+15550000023", "+15550000031", "+15550000041", "+15550000042", "+15550000051")) {
            var report = gateway.call(gateway.request("+4930901820", to));

            assertThat(report.violations()).isEmpty();
            assertThat(report.verbs())
                    .as(to)
                    .startsWith("Connect")
                    .doesNotContain("Gather", "Record", "Start", "Enqueue");
            assertThat(gateway.record(report.callSid()).getString("agent_id")).isEqualTo("general");
        }
    }

    private static List<String> routesOfRecipes() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("routes/recipe"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".camel.yaml"))
                    .map(name -> name.replace(".camel.yaml", ""))
                    .toList();
        }
    }
}
