package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.MediaFigures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls come at a UTC time; the office looks at the clock on its own wall. */
class BusinessHoursTest {

    private final BusinessHours hours = new BusinessHours();

    @ParameterizedTest
    @CsvSource({
        // Summer time: 17:30 in Berlin is 15:30 UTC. 2026-07-01 is a Wednesday.
        "2026-07-01T06:29:59Z, false",
        "2026-07-01T06:30:00Z, true",
        "2026-07-01T15:29:59Z, true",
        "2026-07-01T15:30:00Z, false",
        // Winter time: 16:30 UTC.
        "2026-12-02T07:29:59Z, false",
        "2026-12-02T07:30:00Z, true",
        "2026-12-02T16:29:59Z, true",
        "2026-12-02T16:30:00Z, false",
        // Saturday has hours of its own, Sunday none.
        "2026-07-04T07:59:59Z, false",
        "2026-07-04T08:00:00Z, true",
        "2026-07-04T11:00:00Z, false",
        "2026-07-05T08:00:00Z, false",
        // 2026-12-25 and 2026-04-03 (Good Friday) are Fridays; in 2027 the third of April is a Saturday.
        "2026-12-25T10:00:00Z, false",
        "2026-04-03T10:00:00Z, false",
        "2027-04-03T09:00:00Z, true",
        "2028-04-03T09:00:00Z, true",
    })
    void anOfficeIsOpenByItsOwnClock(Instant call, boolean open) {
        hours.setOffices("""
                number       | time zone     | hours                             | holidays
                +4930*       | Europe/Berlin | Mo-Fr 08:30-17:30, Sa 10:00-13:00 | 12-25, 2026-04-03
                """);

        assertThat(hours.isOpen(call("+4930123456", call))).isEqualTo(open);
        assertThat(hours.isClosed(call("+4930123456", call))).isEqualTo(!open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T20:00:00Z, +12125550100, true", // 16:00 in New York
        "2026-07-01T20:00:00Z, +81355501000, false", // 05:00 in Tokyo, the day after
        "2026-07-02T00:30:00Z, +12125550100, false", // 20:30 in New York
        "2026-07-02T00:30:00Z, +81355501000, true", // 09:30 in Tokyo
    })
    void everyOfficeHasItsOwnZone(Instant call, String number, boolean open) {
        hours.setOffices("""
                number | time zone        | hours             | holidays
                +1212* | America/New_York | Mo-Fr 09:00-17:00 |
                +81*   | Asia/Tokyo       | Mo-Fr 09:00-17:00 |
                """);

        assertThat(hours.isOpen(call(number, call))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-07-03T21:59:00Z, false", // Friday
        "2026-07-03T22:00:00Z, true",
        "2026-07-04T03:59:00Z, true", // Saturday, still Friday's night
        "2026-07-04T04:00:00Z, false",
        "2026-07-05T03:00:00Z, false", // Sunday: the night of Saturday is a holiday's
    })
    void aNightBelongsToTheDayOnWhichItBegins(Instant call, boolean open) {
        hours.setOffices("""
                number | time zone | hours             | holidays
                *      | UTC       | Fr-Sa 22:00-04:00 | 2026-07-04
                """);

        assertThat(hours.isOpen(call("+12125550100", call))).isEqualTo(open);
    }

    @Test
    void aWeekMayBeginAnywhereAndADayMayHaveALunchBreak() {
        hours.setOffices("""
                number | time zone | hours                                | holidays
                *      | UTC       | Sa-Mo 09:00-12:00, Sa-Mo 13:00-24:00 |
                """);

        assertThat(hours.isOpen(call("+1", Instant.parse("2026-07-05T11:59:00Z"))))
                .isTrue();
        assertThat(hours.isOpen(call("+1", Instant.parse("2026-07-05T12:00:00Z"))))
                .isFalse();
        assertThat(hours.isOpen(call("+1", Instant.parse("2026-07-06T23:59:00Z"))))
                .isTrue();
        assertThat(hours.isOpen(call("+1", Instant.parse("2026-07-07T09:00:00Z"))))
                .isFalse();
    }

    @Test
    void theHourThatSummerTimeSkipsIsNoTrap() {
        hours.setOffices("""
                number | time zone     | hours             | holidays
                *      | Europe/Berlin | Mo-Su 02:15-02:45 |
                """);

        // On 2026-03-29 the clock goes from 02:00 to 03:00; on 2026-10-25 it is 02:30 twice.
        assertThat(hours.isOpen(call("+1", Instant.parse("2026-03-29T00:59:00Z"))))
                .isFalse();
        assertThat(hours.isOpen(call("+1", Instant.parse("2026-03-29T01:00:00Z"))))
                .isFalse();
        assertThat(hours.isOpen(call("+1", Instant.parse("2026-10-25T00:30:00Z"))))
                .isTrue();
        assertThat(hours.isOpen(call("+1", Instant.parse("2026-10-25T01:30:00Z"))))
                .isTrue();
    }

    @Test
    void aNumberWithoutARowIsAlwaysOpen() {
        Instant night = Instant.parse("2026-07-01T02:00:00Z");
        assertThat(hours.isOpen(call("+12125550100", night))).isTrue();

        hours.setOffices("""
                number       | time zone | hours  | holidays
                +12125550100 | UTC       | closed |
                +12125550101 | UTC       | always |
                """);

        assertThat(hours.isOpen(call("+12125550100", night))).isFalse();
        assertThat(hours.isOpen(call("+12125550101", night))).isTrue();
        assertThat(hours.isOpen(call("+12125550102", night))).isTrue();
        assertThat(hours.isOpen(call(null, night))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "+1* | Europe/Berln | always |; line 2: Europe/Berln is no time zone",
                "+1* | UTC | Mo-Fr 9:00-17:00 |; line 2: Mo-Fr 9:00-17:00 are no hours",
                "+1* | UTC | Mo-Fr 09:00-17:60 |; line 2: 17:60 is no time",
                "+1* | UTC | Mo-Fr 09:00-25:00 |; line 2: 25:00 is no time",
                "+1* | UTC | Mn-Fr 09:00-17:00 |; line 2: Mn is none of Mo, Tu",
                "+1* | UTC | weekdays |; line 2: weekdays are no hours",
                "+1* | UTC | always | 25-12; line 2: 25-12 is no holiday",
                "+1* | UTC | always | 2026-02-30; line 2: 2026-02-30 is no holiday",
                "+1* | UTC | always | Christmas; line 2: Christmas is no holiday",
                "1 | UTC | always |; line 2: a number is a plus sign",
                "+1* | | always |; line 2: time zone is missing",
            })
    void whatCannotBeReadIsSaidWithItsLine(String row, String reason) {
        assertThatThrownBy(() -> hours.setOffices("number | time zone | hours | holidays\n" + row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    private static Call call(@Nullable String to, Instant at) {
        return new Call(
                "01J00000000000000000000000",
                "CA00000000000000000000000000000001",
                null,
                null,
                Direction.INBOUND,
                "+14155550123",
                to,
                null,
                CallStatus.RINGING,
                at,
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }
}
