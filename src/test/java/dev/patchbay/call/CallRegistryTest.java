package dev.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.call.CallRegistry.LegEnd;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallRegistryTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATER = Duration.ofHours(1);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final CallRegistry registry = new CallRegistry(timer);
    private final List<String> completed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void showWhatWaits() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aCallThatNobodyHearsOfIsGivenUpAndForgotten() {
        registry.legEnded("CA1", new LegEnd("agent", "echo"));
        registry.completeAfter("CA1", SOON, () -> completed.add("CA1"));
        await().until(() -> completed.equals(List.of("CA1")));
        assertThat(registry.lastLeg("CA1")).isNull();
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void aCallThatIsHeardOfIsNotGivenUp() {
        registry.completeAfter("CA1", LATER, () -> completed.add("CA1"));
        registry.completeAfter("CA2", LATER, () -> completed.add("CA2"));
        assertThat(timer.getQueue()).hasSize(2);
        registry.heardOf("CA1");
        registry.heardOf("CA1");
        registry.heardOf("unknown");
        assertThat(timer.getQueue()).as("CA2 still waits").hasSize(1);
    }

    @Test
    void theLastGraceCounts() {
        registry.completeAfter("CA1", LATER, () -> completed.add("first"));
        registry.completeAfter("CA1", SOON, () -> completed.add("second"));
        assertThat(timer.getQueue()).hasSizeLessThanOrEqualTo(1);
        await().until(() -> completed.equals(List.of("second")));
    }

    @Test
    void aCallThatIsOverIsNotGivenUpAgain() {
        registry.completeAfter("CA1", LATER, () -> completed.add("CA1"));
        registry.legEnded("CA1", new LegEnd("caller", "echo"));
        registry.forget("CA1");
        registry.forget("CA1");
        assertThat(timer.getQueue()).isEmpty();
        assertThat(registry.lastLeg("CA1")).isNull();
    }

    @Test
    void tellsHowTheLastLegEnded() {
        assertThat(registry.lastLeg("CA1")).isNull();
        registry.legEnded("CA1", new LegEnd(null, "echo"));
        assertThat(registry.lastLeg("CA1"))
                .as("lost, which is not the same as never there")
                .isEqualTo(new LegEnd(null, "echo"));
        registry.completeAfter("CA1", LATER, () -> completed.add("CA1"));
        registry.heardOf("CA1");
        assertThat(registry.lastLeg("CA1")).isEqualTo(new LegEnd(null, "echo"));
        registry.legEnded("CA1", new LegEnd("agent", "echo"));
        assertThat(registry.lastLeg("CA1")).isEqualTo(new LegEnd("agent", "echo"));
        assertThat(registry.lastLeg("CA2")).isNull();
    }

    @Test
    void aCallerWhoGoesWhileWeHangUpWasSentAway() {
        registry.hangingUp("CA1", true);
        assertThat(registry.isHangingUp("CA1")).isTrue();
        assertThat(registry.legEnded("CA1", new LegEnd("caller", "echo"))).isEqualTo(new LegEnd("gateway", "echo"));
        assertThat(registry.lastLeg("CA1")).isEqualTo(new LegEnd("gateway", "echo"));
        assertThat(registry.legEnded("CA1", new LegEnd("agent", "echo"))).isEqualTo(new LegEnd("agent", "echo"));
        assertThat(registry.legEnded("CA1", new LegEnd(null, "echo")))
                .as("a call whose agent is lost may still be saved: we may not succeed")
                .isEqualTo(new LegEnd(null, "echo"));
    }

    @Test
    void aHangUpThatIsOverExplainsNothingMore() {
        registry.hangingUp("CA1", true);
        registry.hangingUp("CA1", false);
        registry.hangingUp("CA2", false);
        assertThat(registry.isHangingUp("CA1")).isFalse();
        assertThat(registry.legEnded("CA1", new LegEnd("caller", "echo"))).isEqualTo(new LegEnd("caller", "echo"));
        registry.hangingUp("CA1", true);
        registry.forget("CA1");
        assertThat(registry.isHangingUp("CA1")).isFalse();
    }

    @Test
    void countsAttemptsToSaveACall() {
        assertThat(registry.recovery("CA1")).isEqualTo(1);
        assertThat(registry.recovery("CA2")).isEqualTo(1);
        assertThat(registry.recovery("CA1")).isEqualTo(2);
        registry.forget("CA1");
        assertThat(registry.recovery("CA1")).isEqualTo(1);
    }
}
