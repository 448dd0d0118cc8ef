package dev.patchbay.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionStatusTest {

    @Test
    void aRoomGoesForward() {
        assertThat(SessionStatus.before("created")).isEmpty();
        assertThat(SessionStatus.before("active")).containsExactly("created");
        assertThat(SessionStatus.before("ended")).containsExactly("created", "active");
    }

    @Test
    void aCallGoesForwardInTwiliosWords() {
        assertThat(SessionStatus.before("ringing")).contains("queued").doesNotContain("in-progress", "completed");
        assertThat(SessionStatus.before("completed"))
                .contains("ringing", "in-progress")
                .doesNotContain("busy");
        assertThat(SessionStatus.before("paused")).isEmpty();
    }

    @Test
    void wordsAreKnownAndSomeAreTheLast() {
        assertThat(SessionStatus.isKnown("active")).isTrue();
        assertThat(SessionStatus.isKnown("no-answer")).isTrue();
        assertThat(SessionStatus.isKnown("paused")).isFalse();
        assertThat(SessionStatus.isTerminal("ended")).isTrue();
        assertThat(SessionStatus.isTerminal("busy")).isTrue();
        assertThat(SessionStatus.isTerminal("active")).isFalse();
        assertThat(SessionStatus.isTerminal("in-progress")).isFalse();
    }
}
