package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong now = new AtomicLong();
    private final RateLimit limit = new RateLimit(60, new Clock(now));

    @Test
    void asManyAsTheLimitMayComeAtOnceAndThenOneBySecond() {
        assertThat(passed("crm", 100)).isEqualTo(60);
        assertThat(limit.take("crm")).isEqualTo(Duration.ofSeconds(1));

        pass(Duration.ofMillis(400));
        assertThat(limit.take("crm")).isEqualTo(Duration.ofMillis(600));
        pass(Duration.ofMillis(600));
        assertThat(passed("crm", 10)).isEqualTo(1);
        pass(Duration.ofHours(1));
        assertThat(passed("crm", 100)).isEqualTo(60);
    }

    @Test
    void everyCallerHasAShareOfItsOwn() {
        assertThat(passed("crm", 100)).isEqualTo(60);
        assertThat(passed("desk", 100)).isEqualTo(60);
    }

    @Test
    void thoseWhoWereSilentLongestAreForgottenFirst() {
        passed("crm", 100);
        IntStream.range(1, RateLimit.MAX_CALLERS).forEach(i -> limit.take("caller " + i));
        assertThat(limit.take("crm")).isPositive(); // remembered, and heard of again

        passed("one more", 100);

        assertThat(limit.callers()).isEqualTo(RateLimit.MAX_CALLERS);
        assertThat(limit.take("crm")).isPositive();
        assertThat(limit.take("one more")).isPositive();
    }

    private long passed(String caller, int attempts) {
        return IntStream.range(0, attempts)
                .filter(i -> limit.take(caller).isZero())
                .count();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private record Clock(AtomicLong nanos) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
