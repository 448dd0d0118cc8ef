package dev.patchbay.recipe;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours that come every week, and days on which they do not: {@code Mo-Fr 09:00-17:30}, {@code Sa 10:00-13:00}. Hours that
 * end before they begin go on after midnight and belong to the day on which they began. Times are those of the clock on the
 * wall; which wall is for the caller to say.
 */
final class WeeklyHours {

    /** {@code Mo-Fr 09:00-17:30}, {@code Sa 10:00-13:00}, {@code Mo-Su 00:00-24:00}. */
    private static final Pattern SPAN =
            Pattern.compile("(\\p{L}{2})(?:-(\\p{L}{2}))? +(\\d{2}:\\d{2})-(\\d{2}:\\d{2})");

    private static final List<String> DAYS = List.of("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su");
    private static final int MINUTES = 24 * 60;

    /** Minutes since midnight of the day on which it begins; {@code to} is beyond {@link #MINUTES} after midnight. */
    private record Span(Set<DayOfWeek> days, int from, int to) {}

    private final List<Span> spans = new ArrayList<>();
    private final Set<MonthDay> everyYear = new HashSet<>();
    private final Set<LocalDate> once = new HashSet<>();

    /**
     * @param hours as above; {@code always} or {@code closed} alone; none is closed
     * @param holidays {@code 12-25} for a day of every year, {@code 2027-03-26} for one day; hours that begin then do not
     * @throws IllegalArgumentException saying what cannot be read
     */
    WeeklyHours(List<String> hours, List<String> holidays) {
        for (String span : hours) {
            if (span.equals("always")) {
                spans.add(new Span(EnumSet.allOf(DayOfWeek.class), 0, MINUTES));
            } else if (!span.equals("closed")) {
                spans.add(span(span));
            }
        }
        holidays.forEach(this::holiday);
    }

    boolean contain(LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        int minute = time.getHour() * 60 + time.getMinute();
        return contain(day, minute) || contain(day.minusDays(1), minute + MINUTES);
    }

    private boolean contain(LocalDate begins, int minute) {
        return !isHoliday(begins)
                && spans.stream()
                        .anyMatch(span ->
                                span.days.contains(begins.getDayOfWeek()) && span.from <= minute && minute < span.to);
    }

    private boolean isHoliday(LocalDate day) {
        return once.contains(day) || everyYear.contains(MonthDay.from(day));
    }

    private void holiday(String given) {
        try {
            if (given.length() == "12-25".length()) {
                everyYear.add(MonthDay.parse("--" + given));
            } else {
                once.add(LocalDate.parse(given));
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(given + " is no holiday such as 12-25 or 2027-03-26", e);
        }
    }

    private static Span span(String given) {
        Matcher read = SPAN.matcher(given);
        if (!read.matches()) {
            throw new IllegalArgumentException(
                    given + " are no hours such as Mo-Fr 09:00-17:30; always and closed stand alone");
        }
        int from = minute(read.group(3));
        int to = minute(read.group(4));
        return new Span(
                days(read.group(1), read.group(2) == null ? read.group(1) : read.group(2)),
                from,
                to > from ? to : to + MINUTES);
    }

    private static Set<DayOfWeek> days(String first, String last) {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        DayOfWeek day = day(first);
        days.add(day);
        while (day != day(last)) {
            day = day.plus(1);
            days.add(day);
        }
        return days;
    }

    private static DayOfWeek day(String given) {
        int index = DAYS.indexOf(given);
        if (index < 0) {
            throw new IllegalArgumentException(given + " is none of " + String.join(", ", DAYS));
        }
        return DayOfWeek.of(index + 1);
    }

    private static int minute(String given) {
        if (given.equals("24:00")) {
            return MINUTES;
        }
        try {
            LocalTime time = LocalTime.parse(given);
            return time.getHour() * 60 + time.getMinute();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(given + " is no time such as 09:00", e);
        }
    }
}
