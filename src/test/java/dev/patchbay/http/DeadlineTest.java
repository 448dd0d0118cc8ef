package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Duration OTHERWISE = Duration.ofDays(1);

    @Test
    void theThreadCarriesItWhileTheWorkRuns() throws Exception {
        List<Duration> left = new ArrayList<>();

        Deadline.in(Duration.ofSeconds(5)).during(() -> {
            Deadline.in(Duration.ofSeconds(1)).during(() -> left.add(Deadline.leftOr(OTHERWISE)));
            left.add(Deadline.leftOr(OTHERWISE));
        });
        left.add(Deadline.leftOr(OTHERWISE));

        assertThat(left.get(0)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        assertThat(left.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(left.get(2)).isEqualTo(OTHERWISE);
    }

    @Test
    void itEndsWithWorkThatFails() {
        assertThatThrownBy(() -> Deadline.in(Duration.ofSeconds(5)).during(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(Deadline.leftOr(OTHERWISE)).isEqualTo(OTHERWISE);
    }

    @Test
    void whatIsOverIsZero() {
        assertThat(Deadline.in(Duration.ofSeconds(-1)).left()).isZero();
    }
}
