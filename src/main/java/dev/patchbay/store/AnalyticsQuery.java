package dev.patchbay.store;

import dev.patchbay.call.CallStatus;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are analysed, and by what.
 *
 * @param from the first moment
 * @param to the first moment that is not included
 */
record AnalyticsQuery(Instant from, Instant to, GroupBy groupBy) {

    private static final Duration DEFAULT_DAYS = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration LONGEST_BY_HOUR = Duration.ofDays(31);
    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    /** What a group of calls has in common; days and hours are those of UTC. */
    enum GroupBy {
        DAY,
        HOUR,
        AGENT,
        PROVIDER,
        OUTCOME;

        /** The period of time that a group is; null where it is none. */
        private @Nullable TemporalUnit period() {
            return this == DAY ? ChronoUnit.DAYS : this == HOUR ? ChronoUnit.HOURS : null;
        }

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param from an ISO-8601 time or a date; null or blank is 30 days before {@code to}
     * @param to an ISO-8601 time, or a date, whose day is included; null or blank is now
     * @throws PatchbayException {@code INVALID_REQUEST}, naming the parameter
     */
    static AnalyticsQuery of(@Nullable String from, @Nullable String to, @Nullable String groupBy, Instant now) {
        GroupBy group = group(groupBy);
        Instant end = isBlank(to) ? now : time("to", to, 1);
        Instant begin;
        if (!isBlank(from)) {
            begin = time("from", from, 0);
        } else if (isBlank(to)) {
            // Thirty days that are whole but for the last one, today.
            begin = now.truncatedTo(ChronoUnit.DAYS).minus(DEFAULT_DAYS).plus(1, ChronoUnit.DAYS);
        } else {
            begin = end.minus(DEFAULT_DAYS);
        }
        if (!begin.isBefore(end)) {
            throw invalid("from must be before to");
        }
        Duration longest = group == GroupBy.HOUR ? LONGEST_BY_HOUR : LONGEST;
        if (Duration.between(begin, end).compareTo(longest) > 0) {
            throw invalid("from is more than %d days before to".formatted(longest.toDays()));
        }
        return new AnalyticsQuery(begin, end, group);
    }

    /** The group that a call belongs to; null for a call without an agent or a provider. */
    @Nullable
    String group(Document call) {
        return switch (groupBy) {
            case DAY, HOUR -> key(call.getDate("started_at").toInstant());
            case AGENT -> call.getString(CallDocuments.AGENT_ID);
            case PROVIDER -> call.getString(CallDocuments.PROVIDER);
            case OUTCOME -> {
                CallStatus status = CallScan.status(call);
                yield status.isTerminal() ? status.wire() : "active";
            }
        };
    }

    /** The groups that are shown even without calls: each day or hour, in order. */
    List<String> periods() {
        List<String> periods = new ArrayList<>();
        TemporalUnit period = groupBy.period();
        if (period != null) {
            for (Instant at = from.truncatedTo(period); at.isBefore(to); at = at.plus(1, period)) {
                periods.add(key(at));
            }
        }
        return periods;
    }

    private String key(Instant at) {
        return groupBy == GroupBy.HOUR
                ? at.truncatedTo(ChronoUnit.HOURS).toString()
                : at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static GroupBy group(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return GroupBy.DAY;
        }
        return Arrays.stream(GroupBy.values())
                .filter(group -> group.wire().equals(given.trim()))
                .findFirst()
                .orElseThrow(() -> invalid("group_by must be one of "
                        + Arrays.stream(GroupBy.values()).map(GroupBy::wire).collect(Collectors.joining(", "))));
    }

    private static Instant time(String parameter, @Nullable String given, int daysOfADate) {
        // A plus sign in a query is a space.
        String text = String.valueOf(given).trim().replace(' ', '+');
        try {
            Instant time = text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                            .plusDays(daysOfADate)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (time.isAfter(Instant.EPOCH) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Answered below.
        }
        throw invalid(parameter + " must be a date or time, such as 2026-01-31 or 2026-01-31T08:00:00Z");
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static PatchbayException invalid(String message) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, message);
    }
}
