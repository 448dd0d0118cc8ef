package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.route.check.RouteCheck;
import dev.patchbay.route.check.RouteFinding;
import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.RouteSources;
import dev.patchbay.route.check.StandInBeans;
import dev.patchbay.route.check.YamlRoute;
import dev.patchbay.settings.GatewaySettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The files in {@code routes/} are in order by the rules that a running gateway has for every edit: {@code route/check} is
 * the one place where they are, and {@code RouteCheckTest} shows that it finds what is not in order.
 */
class RouteConventionsTest {

    private static final RouteSources SOURCES = new RouteFolder(Path.of("routes"), true).read();

    @Test
    void thereAreRoutes() {
        assertThat(YamlRoute.all(SOURCES)).as("otherwise every rule holds").hasSizeGreaterThan(15);
    }

    @TestFactory
    List<DynamicTest> everyFileIsInOrder() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Map<String, List<RouteFinding>> findings = new RouteCheck(
                            StandInBeans.of(GatewaySettings.of(Map.of("SPRING_PROFILES_ACTIVE", "sandbox"))
                                    .environment()),
                            new ApiEditions(vertx))
                    .check(SOURCES).stream().collect(Collectors.groupingBy(RouteFinding::path));
            return SOURCES.paths().stream()
                    .map(path -> DynamicTest.dynamicTest(path, () -> assertThat(findings.getOrDefault(path, List.of()))
                            .extracting(finding -> finding.textWithExcerpt(SOURCES))
                            .isEmpty()))
                    .toList();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }
}
