package dev.patchbay.route.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.settings.GatewaySettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus of broken edits: each is found, at its line, and nothing else is said. And of good ones nothing. */
class RouteCheckTest {

    private static Vertx vertx;
    private static RouteCheck check;
    private static Path routes;
    private static RouteSources before;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        routes = RouteEdit.copyOfRoutes(folder.resolve("routes"));
        before = read(routes);
        vertx = Vertx.vertx();
        check = new RouteCheck(
                StandInBeans.of(GatewaySettings.of(Map.of("SPRING_PROFILES_ACTIVE", "sandbox"))
                        .environment()),
                new ApiEditions(vertx));
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static List<RouteEdit> broken() {
        return RouteEdit.all("broken");
    }

    static List<RouteEdit> good() {
        return RouteEdit.all("good");
    }

    @Test
    void thereAreManyOfBoth() {
        assertThat(broken()).hasSizeGreaterThanOrEqualTo(50);
        assertThat(good()).hasSizeGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenEditIsFoundAtItsLine(RouteEdit edit) throws Exception {
        RouteSources after = after(edit);
        RouteEdit.Expected expected = Objects.requireNonNull(edit.expected());

        List<RouteFinding> findings = check.check(after, before, List.of());

        assertThat(findings).hasSize(1 + expected.more()).anySatisfy(finding -> {
            assertThat(finding.path()).isEqualTo(expected.file());
            assertThat(finding.line()).isEqualTo(expected.lineIn(after.text(expected.file())));
            assertThat(finding.column()).isPositive();
            assertThat(finding.reason()).contains(expected.reason());
        });
        assertThat(findings).allSatisfy(finding -> {
            if (!finding.excerpt().isEmpty()) {
                List<String> excerpt = finding.excerpt().lines().toList();
                assertThat(after.text(finding.path())
                                .replace((char) 9, (char) 32)
                                .lines()
                                .toList()
                                .get(finding.line() - 1))
                        .startsWith(excerpt.get(0));
                assertThat(excerpt.get(1)).isEqualTo(" ".repeat(finding.column() - 1) + "^");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("good")
    void ofAGoodEditNothingIsSaid(RouteEdit edit) throws Exception {
        assertThat(check.check(after(edit), before, List.of())).isEmpty();
    }

    @Test
    void aFolderWithoutRoutesIsSaidToBeOne(@TempDir Path folder) {
        assertThat(check.check(read(folder))).singleElement().satisfies(finding -> assertThat(finding.reason())
                .contains("no route is here", "PATCHBAY_ROUTES_DIR"));
    }

    private static RouteSources after(RouteEdit edit) throws Exception {
        try {
            assumeTrue(edit.applyTo(routes), "this user may do what others may not");
            return read(routes);
        } finally {
            edit.undo(routes);
        }
    }

    /** As if the folder were the project's, whose name stands in messages. */
    private static RouteSources read(Path dir) {
        RouteSources read = new RouteFolder(dir, true).read();
        Map<String, byte[]> files = new TreeMap<>();
        read.paths().stream().filter(read::has).forEach(path -> files.put(path, read.bytes(path)));
        return new RouteSources(Path.of("routes"), files, read.unread());
    }
}
