package dev.patchbay.route;

import static dev.patchbay.route.LiveScene.GREET;
import static dev.patchbay.route.LiveScene.HELLO;
import static dev.patchbay.route.LiveScene.answering;
import static dev.patchbay.route.LiveScene.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.RouteFault;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an engineer sees who saves, breaks, deletes and goes back. */
class LiveRoutesIT {

    @TempDir
    private Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(LiveRoutes.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private LiveScene scene;

    @BeforeEach
    void open() throws Exception {
        log.start();
        logger.addAppender(log);
        scene = new LiveScene(folder);
    }

    @AfterEach
    void close() throws Exception {
        logger.detachAppender(log);
        scene.close();
    }

    @Test
    void aSaveIsLiveWithinTwoSeconds() throws Exception {
        scene.startWatched(true);
        assertThat(scene.greeting()).isEqualTo("one");

        List<Long> millis = new ArrayList<>();
        for (String text : List.of("two", "three", "four")) {
            long begin = System.nanoTime();
            scene.write(GREET, answering("greet", text));
            Awaitility.await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(scene.greeting())
                    .isEqualTo(text));
            millis.add((System.nanoTime() - begin) / 1_000_000);
        }

        // The best of three: a build shares its machine with others.
        assertThat(millis).anySatisfy(each -> assertThat(each).isLessThan(2_000));
        Awaitility.await()
                .untilAsserted(() -> assertThat(lines(Level.INFO)).contains("Routes routes-2 (save): changed greet"));
        assertThat(scene.list("flips").get(0)).containsEntry("by", "save").containsEntry("summary", "changed greet");
    }

    @Test
    void manySavesInARowAreOne() throws Exception {
        scene.startWatched(true);
        Awaitility.await().until(() -> !lines(Level.INFO).isEmpty());
        for (int i = 0; i < 20; i++) {
            scene.write(GREET, answering("greet", "number-" + i));
        }

        Awaitility.await().untilAsserted(() -> assertThat(scene.greeting()).isEqualTo("number-19"));
        assertThat(scene.generation()).isEqualTo(2);
    }

    @Test
    void whatAddsRemovesAndRenamesIsSaid() throws Exception {
        scene.start(true);
        scene.write("extra/deep/extra.camel.yaml", answering("extra", "x"))
                .write(HELLO, entry("api-hello-get", "/hello", "extra"))
                .delete(GREET)
                .save();

        assertThat(scene.list("flips").get(0))
                .containsEntry("summary", "changed api-hello-get; added extra; removed greet");
        assertThat(scene.greeting()).isEqualTo("x");
    }

    @Test
    void aSaveThatChangesNoContentFlipsNothing() throws Exception {
        scene.start(true);
        scene.write(GREET, Files.readString(scene.dir.resolve(GREET))).save();
        scene.write("README.md", "read me")
                .write("operation/.greet.camel.yaml.swp", "x")
                .write("operation/greet.camel.yaml~", "x")
                .write("operation/4913", "x")
                .write("operation/greet.camel.yaml___jb_tmp___", "x")
                .write("operation/numbers.yaml", "- 1\n- 2\n")
                .write(".git/config.yaml", "- route: x")
                .save();

        assertThat(scene.generation()).isEqualTo(1);
        assertThat(scene.status()).containsEntry("state", "ok");
    }

    @Test
    void aBadSaveChangesNothingAndIsToldOnce() throws Exception {
        scene.start(true);
        String bad = answering("greet", "two").replace("setBody", "setBoddy");
        scene.write(GREET, bad).save().save();

        assertThat(scene.greeting()).isEqualTo("one");
        assertThat(scene.status()).containsEntry("state", "refused");
        assertThat(scene.list("findings")).singleElement().satisfies(finding -> assertThat(finding)
                .containsEntry("file", scene.dir.resolve(GREET).toString())
                .containsEntry("line", 7)
                .containsEntry("column", 11)
                .containsEntry("reason", "there is no step setBoddy; did you mean setBody?"));
        assertThat(lines(Level.ERROR)).singleElement().satisfies(line -> assertThat(line)
                .contains("what ran before goes on")
                .contains(scene.dir.resolve(GREET) + ":7:11: there is no step setBoddy; did you mean setBody?\n"
                        + "            - setBoddy:\n"
                        + "              ^"));

        scene.write(GREET, bad.replace("two", "three")).save();
        assertThat(lines(Level.ERROR)).as("another save").hasSize(2);

        scene.write(GREET, answering("greet", "one")).save();
        assertThat(scene.status()).containsEntry("state", "ok").containsEntry("findings", List.of());
        assertThat(scene.generation()).as("nothing to flip to").isEqualTo(1);
    }

    @Test
    void whatCamelFindsOnlyWhenItStartsIsToldToo() throws Exception {
        scene.start(true);
        // The check starts no consumer; this one cannot be started because the other has its place.
        scene.write("operation/a.camel.yaml", LiveScene.ticking("a", "scheduler:x?scheduler=#nobody"))
                .with("clock", new Object() {
                    public void tick() {}
                })
                .save();

        assertThat(scene.list("findings")).singleElement().satisfies(finding -> assertThat(finding)
                .containsEntry(
                        "file", scene.dir.resolve("operation/a.camel.yaml").toString()));
        assertThat(scene.greeting()).isEqualTo("one");
    }

    @Test
    void aFileThatARunningRouteNamesIsNotDeleted() throws Exception {
        scene.start(true);
        scene.delete(GREET).save();

        assertThat(scene.greeting()).isEqualTo("one");
        assertThat(scene.list("findings").get(0).get("reason"))
                .isEqualTo("direct:greet is served by nobody: " + scene.dir.resolve(GREET) + " is gone");
    }

    @Test
    void aFolderThatIsGoneChangesNothing() throws Exception {
        scene.start(true);
        Files.move(scene.dir, folder.resolve("elsewhere"));
        scene.save();

        assertThat(scene.greeting()).isEqualTo("one");
        assertThat(scene.list("findings").get(0).get("reason")).asString().contains("no route is here");
    }

    @Test
    void templatesFollowTheGeneration() throws Exception {
        String template = "<Response><Say>%s</Say></Response>";
        scene.write("twiml/hi.xml", template.formatted("one")).write(GREET, """
                        - route:
                            id: greet
                            description: Fills a template
                            from:
                              uri: direct:greet
                              steps:
                                - setBody:
                                    method:
                                      ref: twimlTemplates
                                      method: render('hi', ${headers})
                        """).start(true);
        assertThat(scene.greeting()).contains("<Say>one</Say>");

        scene.write("twiml/hi.xml", template.formatted("two"));
        assertThat(scene.greeting()).as("not before it was checked").contains("<Say>one</Say>");
        scene.save();
        assertThat(scene.greeting()).contains("<Say>two</Say>");

        scene.write("twiml/hi.xml", "<Response><Say>three</Say>").save();
        assertThat(scene.greeting()).contains("<Say>two</Say>");
    }

    @Test
    void aFileBrokenAtTheStartIsLeftOut() throws Exception {
        scene.write(
                        "api/api-other-get.camel.yaml",
                        entry("api-other-get", "/other/{id}", "greet").replace("- to:", "- too:"))
                .start(true);

        assertThat(scene.greeting()).isEqualTo("one");
        HttpResponse<String> closed = scene.get("/other/7");
        assertThat(closed.statusCode()).isEqualTo(503);
        assertThat(closed.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(closed.body()).contains("api-other-get has a mistake in its file");
        assertThat(scene.status()).containsEntry("state", "degraded");
        assertThat(scene.state().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).endsWith("api-other-get.camel.yaml");
            assertThat(fault.routes()).containsExactly("api-other-get");
            assertThat(fault.reasons()).singleElement().asString().startsWith("12:11: there is no step too");
        });

        scene.write(GREET, answering("greet", "two")).save();
        assertThat(scene.greeting()).as("the rest can be edited").isEqualTo("two");
        assertThat(scene.status()).containsEntry("state", "degraded");

        scene.write("api/api-other-get.camel.yaml", entry("api-other-get", "/other/{id}", "greet"))
                .save();
        assertThat(scene.get("/other/7").body()).isEqualTo("two");
        assertThat(scene.state().faults()).isEmpty();
        assertThat(scene.status()).containsEntry("state", "ok");
    }

    @Test
    void theDoorOfAFileThatIsNoYamlIsKnownFromTheTextOrFromBefore() throws Exception {
        scene.start(true);
        String broken = entry("api-hello-get", "/hello", "greet").replace("id: api-hello-get-do", "id: 'x");
        scene.write(HELLO, broken).restart();
        assertThat(scene.get("/hello").statusCode()).isEqualTo(503);

        Files.write(scene.dir.resolve(HELLO), new byte[] {0, 1, 2});
        scene.restart();
        assertThat(scene.get("/hello").statusCode()).isEqualTo(503);
    }

    @Test
    void whatABrokenFileWouldServeIsMissedByNobodyElse() throws Exception {
        scene.write(GREET, answering("greet", "one").replace("from:", "form:")).start(true);

        assertThat(scene.state().faults()).extracting(RouteFault::routes).containsExactly(List.of("greet"));
        assertThat(scene.get("/hello").statusCode())
                .as("the entry runs and says so")
                .isEqualTo(501);

        scene.write(GREET, answering("greet", "one")).save();
        assertThat(scene.greeting()).isEqualTo("one");
    }

    @Test
    void withoutReloadABadFileFailsTheStartAndNothingIsWatched() throws Exception {
        scene.write(GREET, answering("greet", "one").replace("setBody", "setBoddy"));
        assertThatThrownBy(() -> scene.start(false))
                .isInstanceOf(PatchbayRoutesException.class)
                .hasMessage(scene.dir.resolve(GREET) + ":7:11: there is no step setBoddy; did you mean setBody?\n"
                        + "            - setBoddy:\n"
                        + "              ^");
        assertThat(new PatchbayRoutesFailureAnalyzer()
                        .analyze(new IllegalStateException(
                                "start",
                                new PatchbayRoutesException(
                                        new dev.patchbay.route.check.RouteFolder(scene.dir, false).read(),
                                        List.of(new dev.patchbay.route.check.RouteFinding(GREET, 7, 11, "wrong", "")),
                                        null)))
                        .getDescription())
                .isEqualTo(scene.dir.resolve(GREET) + ":7:11: wrong");

        List<Thread> watching = watching(); // those of other tests' gateways
        scene.write(GREET, answering("greet", "one")).start(false);
        assertThat(scene.greeting()).isEqualTo("one");
        assertThat(watching()).isSubsetOf(watching);
    }

    @Test
    void goingBackHoldsUntilASaveThatDiffers() throws Exception {
        scene.start(true);
        scene.write(GREET, answering("greet", "two")).save();
        scene.write(GREET, answering("greet", "three")).save();

        assertThat(scene.live().rollback("ada"))
                .containsEntry("by", "rollback by ada")
                .containsEntry("version", 2L);
        assertThat(scene.greeting()).isEqualTo("two");
        assertThat(scene.status()).containsEntry("state", "held");
        scene.save();
        assertThat(scene.greeting()).as("the folder is as it was").isEqualTo("two");
        scene.live().rollback("ada");
        assertThat(scene.greeting()).isEqualTo("one");
        assertThatThrownBy(() -> scene.live().rollback("ada"))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.CONFLICT));

        scene.restart();
        assertThat(scene.greeting()).as("also after a restart").isEqualTo("one");
        assertThat(scene.status()).containsEntry("state", "held");

        scene.write(GREET, answering("greet", "four").replace("setBody", "setBoddy"))
                .save();
        assertThat(scene.greeting()).isEqualTo("one");
        scene.restart();
        assertThat(scene.greeting())
                .as("what differs and is wrong ends nothing")
                .isEqualTo("one");
        assertThat(scene.list("findings")).hasSize(1);

        scene.write(GREET, answering("greet", "four")).save();
        assertThat(scene.greeting()).isEqualTo("four");
        assertThat(scene.status()).containsEntry("state", "ok");
        scene.restart();
        assertThat(scene.greeting()).isEqualTo("four");
        scene.live().rollback("ada");
        assertThat(scene.greeting())
                .as("what ran before, not what was gone back from")
                .isEqualTo("one");
    }

    @Test
    void goingBackWorksAfterARestartWithAnotherFolder() throws Exception {
        scene.start(true);
        scene.live().stop();
        scene.write(GREET, answering("greet", "two")).start(true);
        assertThat(scene.greeting()).isEqualTo("two");

        scene.live().rollback("ada");
        assertThat(scene.greeting()).isEqualTo("one");
    }

    @Test
    void tenVersionsAreKeptAndEveryFlipIsNoted() throws Exception {
        scene.start(true);
        for (int i = 0; i < 12; i++) {
            scene.write(GREET, answering("greet", "number-" + i)).save();
        }

        Path kept = folder.resolve("data/routes");
        try (Stream<Path> folders = Files.list(kept)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(each -> each.getFileName().toString())
                            .sorted())
                    .containsExactly(
                            "000004", "000005", "000006", "000007", "000008", "000009", "000010", "000011", "000012",
                            "000013");
        }
        assertThat(Files.readString(kept.resolve("000013/files").resolve(GREET)))
                .contains("number-11");
        assertThat(Files.readAllLines(kept.resolve("flips.jsonl")))
                .hasSize(13)
                .last()
                .asString()
                .contains("\"by\":\"save\"", "\"summary\":\"changed greet\"");
    }

    @Test
    void requestsUnderWayEndWhereTheyBegan() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        scene.with("gate", new Object() {
                    public String pass() throws InterruptedException {
                        begun.countDown();
                        goOn.await();
                        return "from the old one";
                    }
                })
                .write(GREET, """
                        - route:
                            id: greet
                            description: Takes its time
                            from:
                              uri: direct:greet
                              steps:
                                - setBody:
                                    method:
                                      ref: gate
                                      method: pass
                                - to:
                                    id: greet-end
                                    uri: direct:end
                        """)
                .write("operation/end.camel.yaml", answering("end", "end of one"))
                .start(true);
        CompletableFuture<HttpResponse<String>> slow = java.net.http.HttpClient.newHttpClient()
                .sendAsync(
                        java.net.http.HttpRequest.newBuilder(scene.uri("/hello"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        scene.write("operation/end.camel.yaml", answering("end", "end of two")).save();
        assertThat(scene.list("draining")).singleElement().satisfies(waiting -> assertThat(waiting)
                .containsEntry("generation", "routes-1")
                .containsEntry("requests", 1));
        goOn.countDown();

        assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo("end of one");
        Awaitility.await()
                .untilAsserted(() -> assertThat(scene.list("draining")).isEmpty());
        assertThat(scene.greeting()).isEqualTo("end of two");
        assertThat(scene.status()).containsEntry("abandoned_requests", 0L);
    }

    private List<String> lines(Level level) {
        return log.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static List<Thread> watching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("routes-watch"))
                .toList();
    }
}
