package dev.patchbay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100));

    @Test
    void secondsAreTakenAsTheyAre() {
        assertThat(BACKOFF.after("7", 1)).isEqualTo(Duration.ofSeconds(7));
        assertThat(BACKOFF.after(" 0 ", 3)).isZero();
    }

    @Test
    void aDateIsWaitedFor() {
        String soon = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(20).format(DateTimeFormatter.RFC_1123_DATE_TIME);

        assertThat(BACKOFF.after(soon, 1)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
        assertThat(BACKOFF.after("Wed, 21 Oct 2015 07:28:00 GMT", 1)).isZero();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "99999999999"})
    void withoutATimeTheWaitDoubles(String retryAfter) {
        assertThat(BACKOFF.after(retryAfter, 1)).isBetween(Duration.ofMillis(50), Duration.ofMillis(150));
        assertThat(BACKOFF.after(retryAfter, 3)).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
    }
}
