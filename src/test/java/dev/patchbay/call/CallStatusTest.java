package dev.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallStatusTest {

    @ParameterizedTest
    @CsvSource({
        "queued, QUEUED",
        "initiated, INITIATED",
        "ringing, RINGING",
        "in-progress, IN_PROGRESS",
        "completed, COMPLETED",
        "busy, BUSY",
        "failed, FAILED",
        "no-answer, NO_ANSWER",
        "canceled, CANCELED"
    })
    void speaksTwiliosWords(String word, CallStatus status) {
        assertThat(CallStatus.of(word)).contains(status);
        assertThat(status.wire()).isEqualTo(word);
    }

    @Test
    void knowsNoOtherWord() {
        assertThat(CallStatus.of("IN_PROGRESS")).isEmpty();
        assertThat(CallStatus.of("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "BUSY", "FAILED", "NO_ANSWER", "CANCELED"})
    void nothingFollowsAnEnd(CallStatus end) {
        assertThat(end.isTerminal()).isTrue();
        assertThat(CallStatus.values()).noneMatch(next -> next.mayFollow(end));
    }

    @Test
    void goesForwardOnlyAndMaySkip() {
        assertThat(CallStatus.RINGING.mayFollow(CallStatus.QUEUED)).isTrue();
        assertThat(CallStatus.RINGING.mayFollow(CallStatus.RINGING)).isFalse();
        assertThat(CallStatus.RINGING.mayFollow(CallStatus.IN_PROGRESS)).isFalse();
        assertThat(CallStatus.BUSY.mayFollow(CallStatus.QUEUED)).isTrue();
    }

    @Test
    void everyCallCanEndFromEveryStatusBeforeItsEnd() {
        Set<CallStatus> ends = EnumSet.noneOf(CallStatus.class);
        Arrays.stream(CallStatus.values()).filter(CallStatus::isTerminal).forEach(ends::add);
        for (CallStatus before : EnumSet.complementOf(EnumSet.copyOf(ends))) {
            assertThat(ends).allMatch(end -> end.mayFollow(before));
        }
    }
}
