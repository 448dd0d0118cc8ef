package dev.patchbay.route;

import static dev.patchbay.route.LiveScene.GREET;
import static dev.patchbay.route.LiveScene.answering;
import static dev.patchbay.route.LiveScene.ticking;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that acts by itself does so in one generation: nothing twice, nothing left out, whatever is edited meanwhile. */
class ActiveRoutesIT {

    private static final String TICK = "operation/tick.camel.yaml";

    @TempDir
    private Path folder;

    private final Clock clock = new Clock();
    private LiveScene scene;

    /** When it was called, in ms. */
    public static final class Clock {
        private final List<Long> ticks = new CopyOnWriteArrayList<>();
        private final AtomicInteger begun = new AtomicInteger();
        private volatile CountDownLatch held = new CountDownLatch(0);

        public void tick() throws InterruptedException {
            begun.incrementAndGet();
            held.await();
            ticks.add(System.nanoTime() / 1_000_000);
        }
    }

    @BeforeEach
    void open() throws Exception {
        scene = new LiveScene(folder).with("clock", clock);
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void aTimerKeepsItsRhythmAcrossEditsOfOtherFiles() throws Exception {
        scene.write(TICK, ticking("tick", "timer:tick?period=500&delay=100")).start(true);
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        int edits = 0;
        while (System.nanoTime() < end) {
            scene.write(GREET, answering("greet", "number-" + edits++)).save();
        }
        Awaitility.await().until(() -> clock.ticks.size() >= 6);

        assertThat(edits).as("more edits than ticks").isGreaterThan(6);
        for (int i = 1; i < clock.ticks.size(); i++) {
            assertThat(clock.ticks.get(i) - clock.ticks.get(i - 1))
                    .as("tick %d of %s", i, clock.ticks)
                    .isBetween(250L, 1_000L); // twice is 0, left out is 1,000
        }
    }

    @Test
    void aTimerThatHasAllItsTicksBehindItHasThemForGood() throws Exception {
        scene.write(TICK, ticking("tick", "timer:tick?period=50&delay=0&repeatCount=3"))
                .start(true);
        Awaitility.await().until(() -> clock.ticks.size() == 3);
        scene.write(TICK, ticking("tick", "timer:tick?period=50&delay=0&repeatCount=3") + "# looked at\n")
                .save();
        scene.write("operation/other.camel.yaml", ticking("other", "timer:other?period=50&delay=0&repeatCount=3"))
                .save();

        Awaitility.await().until(() -> clock.ticks.size() == 6);
        Awaitility.await()
                .during(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(5))
                .until(() -> clock.ticks.size() == 6);
    }

    @Test
    void aTimerThatWasChangedBeginsAnew() throws Exception {
        scene.write(TICK, ticking("tick", "timer:tick?period=60000&delay=60000"))
                .start(true);
        scene.write(TICK, ticking("tick", "timer:tick?period=60000&delay=0")).save();

        Awaitility.await().until(() -> clock.ticks.size() == 1);
    }

    @Test
    void aTimerThatIsGoneTicksNoMore() throws Exception {
        scene.write(TICK, ticking("tick", "timer:tick?period=50&delay=0")).start(true);
        Awaitility.await().until(() -> clock.ticks.size() > 2);
        scene.delete(TICK).save();
        int ticks = clock.ticks.size();

        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> clock.ticks.size() <= ticks + 1); // one may have been under way
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cron:tick?schedule=*+*+*+*+*+?", "scheduler:tick?delay=60000", "timer:tick?delay=0&period=60000"
            })
    void whatARouteIsAtWhenAnEditComesIsDoneToItsEnd(String uri) throws Exception {
        clock.held = new CountDownLatch(1);
        String further = """
                        - to:
                            id: tick-further
                            uri: direct:tock
                """;
        scene.write("operation/tock.camel.yaml", ticking("tock", "direct:tock"))
                .write(TICK, ticking("tick", uri) + further)
                .start(true);
        Awaitility.await().until(() -> clock.begun.get() == 1);
        scene.write(GREET, answering("greet", "two")).save();
        assertThat(scene.generation()).isEqualTo(2);

        clock.held.countDown();

        Awaitility.await().until(() -> clock.ticks.size() > 1);
    }

    @Test
    void whatDoesNotStartLeavesTheOldOnesTicking() throws Exception {
        scene.write(TICK, ticking("tick", "timer:tick?period=50&delay=0")).start(true);
        Awaitility.await().until(() -> clock.ticks.size() > 2);
        scene.write("operation/zzz.camel.yaml", ticking("zzz", "scheduler:zzz?scheduler=#nobody"))
                .save();
        assertThat(scene.generation()).isEqualTo(1);
        int ticks = clock.ticks.size();

        Awaitility.await().until(() -> clock.ticks.size() > ticks + 3);
    }

    @Test
    void aRouteThatIsNotToStartByItselfDoesNot() throws Exception {
        String stopped = ticking("tick", "timer:tick?period=50&delay=0")
                .replace("description:", "autoStartup: false\n    description:");
        scene.write(TICK, stopped).start(true);
        scene.write(GREET, answering("greet", "two")).save();

        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> clock.ticks.isEmpty());
    }
}
