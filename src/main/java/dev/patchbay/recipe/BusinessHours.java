package dev.patchbay.recipe;

import dev.patchbay.call.Call;
import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * When somebody is there, for each number that is called, by the clock of its own place. A bean of {@code
 * routes/recipe/business-hours}.
 */
public final class BusinessHours {

    private record Office(ZoneId zone, WeeklyHours hours) {}

    private volatile ByNumber<Office> offices = new ByNumber<>();

    /**
     * @param text a {@link Table} of {@code number | time zone | hours | holidays}: {@code +493012345678 | Europe/Berlin |
     *     Mo-Fr 09:00-17:30, Sa 10:00-13:00 | 12-25, 2027-03-26}. The number may be a beginning, as {@code +49*}, or {@code
     *     *}
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    public void setOffices(String text) {
        ByNumber<Office> read = new ByNumber<>();
        Table.of(text, "number", "time zone", "hours", "holidays")
                .forEach(row -> read.put(
                        row.required("number"),
                        new Office(
                                zone(row.required("time zone")),
                                new WeeklyHours(row.list("hours"), row.list("holidays")))));
        offices = read;
    }

    /** Whether somebody is there for a call that came at this time to this number; for a number without a row, always. */
    public boolean isOpen(Call call) {
        return offices.find(call.to())
                .map(office -> office.hours.contain(
                        call.startedAt().atZone(office.zone).toLocalDateTime()))
                .orElse(true);
    }

    /** The opposite. */
    public boolean isClosed(Call call) {
        return !isOpen(call);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time zone such as Europe/Berlin", e);
        }
    }
}
