package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.route.check.RouteEdit;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * Edits of the routes of a gateway that is at work: 200 requests a second and 20 calls. Broken ones change nothing and are
 * named with file and line; good ones are live within 2 s; no request fails, no answer is wrong, no frame is lost. A
 * representative part of the corpus here, all of it and a thousand more edits with {@code -Pfault}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesReloadFlowIT {

    private static final int REQUESTS = 200;
    private static final int CALLERS = 20;
    private static final Duration LIVE_WITHIN = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(20);

    /** What touches one file, what touches all, what is gone, what is large; and the same with good ones. */
    private static final Set<String> PART =
            Set.of("ten-megabytes", "unknown-step", "deleted", "entry-new", "error-configuration", "kamelet-new");

    private final HttpClient http = HttpClient.newHttpClient();
    private Path routes;
    private RunningGateway gateway;
    private JsonObject healthAtStart;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        routes = RouteEdit.copyOfRoutes(folder.resolve("routes"));
        Path broken = Files.writeString(routes.resolve("operation/test-broken.camel.yaml"), """
                - route:
                    id: test-broken
                    description: A route with a mistake
                    from:
                      uri: direct:test-broken
                      steps:
                        - setBoddy:
                            constant: x
                """);
        gateway = RunningGateway.with("--patchbay.routes.dir=" + routes);
        healthAtStart = health();
        Files.delete(broken);
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(POLL).until(() -> status().getString("state")
                .equals("ok"));
    }

    @AfterAll
    void close() {
        gateway.stop();
    }

    @Test
    void aFileThatIsBrokenAtTheStartIsNamedByHealthUntilItIsRight() throws Exception {
        assertThat(healthAtStart.getString("status")).isEqualTo("degraded");
        JsonObject broken = healthAtStart.getJsonArray("broken_routes").getJsonObject(0);
        assertThat(broken.getString("file")).endsWith("operation/test-broken.camel.yaml");
        assertThat(broken.getJsonArray("routes")).containsExactly("test-broken");

        assertThat(health().getString("status")).isEqualTo("ok");
        assertThat(health().getJsonArray("broken_routes")).isEmpty();
    }

    @Test
    void editsUnderTrafficDisturbNobody() throws Exception {
        run(edits(PART::contains), false);
    }

    @Test
    void anEditIsUndoneOnTheOperationsPlane() throws Exception {
        Path file = routes.resolve("operation/call-apologize.camel.yaml");
        String text = Files.readString(file);
        int before = generation();
        Files.writeString(file, text.replace("We are sorry", "What a pity"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(POLL).until(() -> generation() == before + 1);

        HttpResponse<String> answer =
                operations("/routes/rollback", request -> request.POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()).getString("by")).isEqualTo("rollback by somebody at this machine");
        assertThat(new JsonObject(answer.body()).getString("summary")).isEqualTo("changed call-apologize");
        assertThat(status().getString("state")).isEqualTo("held");
        assertThat(generation()).isEqualTo(before + 2);

        Files.writeString(file, text);
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(POLL).until(() -> status().getString("state")
                .equals("ok"));
    }

    @Test
    @Tag("fault")
    void theWholeCorpusUnderTrafficDisturbsNobody() throws Exception {
        run(edits(name -> true), true);
    }

    @Test
    @Tag("fault")
    void aThousandEditsLeakNothing() throws Exception {
        Path file = routes.resolve("operation/call-apologize.camel.yaml");
        String text = Files.readString(file);
        List<Long> heaps = new ArrayList<>();
        Map<String, Long> threads = Map.of();
        int beans = 0;
        for (int i = 1; i <= 1_000; i++) {
            int before = generation();
            Files.writeString(file, text.replace("We are sorry", "We are sorry, for the time " + i));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(POLL)
                    .until(() -> generation() == before + 1);
            if (i % 100 == 0) {
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status().getJsonArray("draining")
                        .isEmpty());
                heaps.add(liveHeap());
                if (i == 100) {
                    threads = threads();
                    beans = camelBeans();
                }
            }
        }
        System.out.printf(
                "Heap in MB after each hundred edits: %s%n",
                heaps.stream().map(bytes -> bytes >> 20).toList());

        assertThat(heaps.get(9) - heaps.get(0)).as("%s", heaps).isLessThan(12L << 20);
        Map<String, Long> more = new TreeMap<>(threads());
        threads.forEach((name, count) -> more.merge(name, -count, Long::sum));
        assertThat(more.values().stream().mapToLong(Long::longValue).sum())
                .as("more threads by name: %s", more)
                .isLessThanOrEqualTo(5);
        assertThat(camelBeans()).isEqualTo(beans);
        Files.writeString(file, text);
    }

    private static List<RouteEdit> edits(Predicate<String> which) {
        return Stream.concat(RouteEdit.all("broken").stream(), RouteEdit.all("good").stream())
                .filter(edit -> which.test(edit.name()))
                .toList();
    }

    private void run(List<RouteEdit> edits, boolean strict) throws Exception {
        Path whole = Files.createTempDirectory("routes");
        copy(routes, whole);
        Map<String, Long> times = new LinkedHashMap<>();
        Traffic traffic = new Traffic(gateway);
        try (traffic) {
            traffic.start(REQUESTS, CALLERS);
            for (RouteEdit edit : edits) {
                if (edit.expected() == null) {
                    times.put(edit.name(), good(edit));
                } else {
                    broken(edit);
                }
                int generation = generation();
                restore(whole);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .pollInterval(POLL)
                        .until(() -> status().getString("state").equals("ok")
                                && (edit.expected() != null || generation() > generation));
                assertThat(traffic.wrong()).as("after %s", edit.name()).isEmpty();
            }
        }

        System.out.printf("%d edits: %s; live after ms: %s%n", edits.size(), traffic.summary(), times);
        assertThat(traffic.wrong()).isEmpty();
        // A build shares its processors with others and with the traffic's own clients, so there it is only told.
        if (strict) {
            assertThat(times.values()).as("%s", times).allSatisfy(millis -> assertThat(millis)
                    .isLessThanOrEqualTo(LIVE_WITHIN.toMillis()));
        }
    }

    private void broken(RouteEdit edit) throws Exception {
        int generation = generation();
        if (!edit.applyTo(routes)) {
            return;
        }
        RouteEdit.Expected expected = Objects.requireNonNull(edit.expected());
        Awaitility.await()
                .alias(edit.name())
                .atMost(Duration.ofSeconds(20))
                .pollInterval(POLL)
                .until(() -> status().getString("state").equals("refused"));
        JsonArray findings = status().getJsonArray("findings");

        assertThat(findings.stream().map(JsonObject.class::cast))
                .as(edit.name())
                .anySatisfy(finding -> {
                    assertThat(finding.getString("file"))
                            .isEqualTo(routes.resolve(expected.file()).toString());
                    assertThat(finding.getInteger("line"))
                            .isEqualTo(expected.lineIn(text(routes.resolve(expected.file()))));
                    assertThat(finding.getString("reason"))
                            .contains(expected.reason().replaceFirst(": routes/.*", ""));
                });
        assertThat(generation()).isEqualTo(generation);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** @return ms from the save until it was live */
    private long good(RouteEdit edit) throws Exception {
        int generation = generation();
        long begin = System.nanoTime();
        edit.applyTo(routes);
        Awaitility.await()
                .alias(edit.name())
                .pollInterval(POLL)
                .atMost(Duration.ofSeconds(20))
                .until(() -> generation() > generation);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        for (var seen : edit.live()) {
            String summary = status().getJsonArray("flips").getJsonObject(0).getString("summary");
            if (seen.containsKey("get")) {
                HttpResponse<String> answer = gateway.get(String.valueOf(seen.get("get")));
                assertThat(answer.statusCode()).as(edit.name() + answer.body()).isEqualTo(seen.get("status"));
                assertThat(answer.body()).as(edit.name()).contains(String.valueOf(seen.get("contains")));
            } else if (seen.containsKey("route")) {
                assertThat(summary).as(edit.name()).containsPattern("added .*" + seen.get("route"));
            } else if (seen.containsKey("gone")) {
                assertThat(summary).as(edit.name()).containsPattern("removed .*" + seen.get("gone"));
            } else {
                assertThat(summary).as(edit.name()).isEqualTo("changed " + seen.get("changed"));
            }
        }
        return millis;
    }

    private void restore(Path whole) throws IOException {
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Path original = whole.resolve(routes.relativize(file).toString());
                if (!Files.exists(original)) {
                    Files.delete(file);
                }
            }
        }
        copy(whole, routes);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
                    Path draft = copy.resolveSibling("." + copy.getFileName() + ".draft");
                    Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(draft, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private int generation() throws Exception {
        return status().getJsonObject("running").getInteger("generation");
    }

    private JsonObject health() throws Exception {
        HttpResponse<String> answer = gateway.get("/health");
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private JsonObject status() throws Exception {
        HttpResponse<String> answer = operations("/actuator/routes-status", HttpRequest.Builder::GET);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> operations(String path, UnaryOperator<HttpRequest.Builder> method) throws Exception {
        int port = ((ServletWebServerApplicationContext) gateway.context())
                .getWebServer()
                .getPort();
        return http.send(
                method.apply(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static long liveHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** How many by name, numbers left out, and without pools of a fixed size, which fill up as they are used. */
    private static Map<String, Long> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().matches("(vert\\.x-worker-thread|http-nio)-.*"))
                .collect(Collectors.groupingBy(
                        thread -> thread.getName().replaceAll("\\d+", ""), TreeMap::new, Collectors.counting()));
    }

    private static int camelBeans() throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.apache.camel:*"), null)
                .stream()
                .map(ObjectName::getCanonicalName)
                .collect(Collectors.toSet())
                .size();
    }
}
