package dev.patchbay.recipe;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When campaigns may call whom, how often, and how many at a time. A bean of {@code routes/recipe/campaign}. */
public final class CampaignRules {

    /** Nobody closes for longer. */
    private static final int MOST_DAYS = 60;

    private static final int STEP_MINUTES = 5;

    /** @param zones in all of which the hours must be open, because a number does not tell which one it is */
    private record Place(List<ZoneId> zones, WeeklyHours hours) {}

    private volatile ByNumber<Place> places = new ByNumber<>();
    private volatile int attempts = 3;
    private volatile Duration pause = Duration.ofMinutes(60);
    private volatile int atOnce = 5;

    /**
     * @param text a {@link Table} of {@code number | time zones | hours | holidays}, when people with these numbers may be
     *     called by their own clocks; where a number has several time zones, the hours must be open in all of them. The row
     *     {@code *} is for all others
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public void setHours(String text) {
        ByNumber<Place> read = new ByNumber<>();
        Table.of(text, "number", "time zones", "hours", "holidays").forEach(row -> {
            row.required("time zones");
            read.put(
                    row.required("number"),
                    new Place(
                            row.list("time zones").stream()
                                    .map(CampaignRules::zone)
                                    .toList(),
                            new WeeklyHours(row.list("hours"), row.list("holidays"))));
        });
        places = read;
    }

    /** @param most how often a number is tried that is busy or does not answer */
    public void setAttempts(int most) {
        attempts = positive(most, "attempts");
    }

    /** @param minutes between two attempts */
    public void setPause(int minutes) {
        pause = Duration.ofMinutes(positive(minutes, "pause"));
    }

    /** @param most calls of campaigns that go on at a time */
    public void setAtOnce(int most) {
        atOnce = positive(most, "atOnce");
    }

    int attempts() {
        return attempts;
    }

    Duration pause() {
        return pause;
    }

    int atOnce() {
        return atOnce;
    }

    /**
     * The first moment from now on at which this number may be called; empty when there is none: no row fits, or its hours
     * are closed.
     *
     * @param zone of whom it belongs to; null: those of the row
     */
    Optional<Instant> nextTime(String number, @Nullable String zone, Instant now) {
        Optional<Place> place = places.find(number);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        List<ZoneId> clocks = zone == null ? place.get().zones : List.of(zone(zone));
        WeeklyHours hours = place.get().hours;
        if (areOpen(hours, clocks, now)) {
            return Optional.of(now);
        }
        long step = Duration.ofMinutes(STEP_MINUTES).getSeconds();
        Instant first = Instant.ofEpochSecond((now.getEpochSecond() / step + 1) * step);
        for (int i = 0; i < MOST_DAYS * 24 * 60 / STEP_MINUTES; i++) {
            Instant time = first.plusSeconds(i * step);
            if (areOpen(hours, clocks, time)) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    private static boolean areOpen(WeeklyHours hours, List<ZoneId> clocks, Instant time) {
        return clocks.stream().allMatch(clock -> hours.contain(LocalDateTime.ofInstant(time, clock)));
    }

    private static int positive(int given, String name) {
        if (given < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more");
        }
        return given;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time zone such as Europe/Berlin", e);
        }
    }
}
