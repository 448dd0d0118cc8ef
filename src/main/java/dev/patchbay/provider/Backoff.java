package dev.patchbay.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after a 429.
 *
 * @param first wait when the provider names none; it doubles with every attempt, give or take half of it, so that those
 *     who were refused together do not come back together
 */
record Backoff(Duration first) {

    static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500));

    /**
     * @param retryAfter the header's value: seconds or an HTTP date; null or unreadable counts as not given
     * @param attempt 1 after the first
     */
    Duration after(@Nullable String retryAfter, int attempt) {
        Duration named = named(retryAfter);
        if (named != null) {
            return named;
        }
        long millis = first.toMillis() << Math.min(attempt - 1, 10);
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis + 1));
    }

    private static @Nullable Duration named(@Nullable String retryAfter) {
        if (retryAfter == null) {
            return null;
        }
        String value = retryAfter.trim();
        if (value.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration until = Duration.between(Instant.now(), at);
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
