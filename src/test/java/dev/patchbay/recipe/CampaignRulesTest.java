package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When somebody may be called. */
class CampaignRulesTest {

    private final CampaignRules rules = new CampaignRules();

    @BeforeEach
    void hours() {
        rules.setHours("""
                number | time zones       | hours             | holidays
                +49*   | Europe/Berlin    | Mo-Fr 09:00-20:00 | 12-25
                +1*    | America/New_York | Mo-Fr 09:00-20:00 |
                +44*   | Europe/London    | closed            |
                +7*    | Europe/Kaliningrad, Asia/Kamchatka | Mo-Fr 09:00-20:00 |
                """);
    }

    @ParameterizedTest
    @CsvSource({
        // 2026-11-27 is a Friday; Berlin is an hour ahead of UTC, New York five behind.
        "+4930123456, , 2026-11-27T08:00:00Z, 2026-11-27T08:00:00Z",
        "+4930123456, , 2026-11-27T07:58:31Z, 2026-11-27T08:00:00Z",
        "+4930123456, , 2026-11-27T19:00:00Z, 2026-11-30T08:00:00Z", // over the weekend
        "+4930123456, , 2026-12-24T19:30:00Z, 2026-12-28T08:00:00Z", // over Christmas, and the weekend behind it
        "+14155550101, , 2026-11-27T13:00:00Z, 2026-11-27T14:00:00Z",
        "+14155550101, America/Los_Angeles, 2026-11-27T14:00:00Z, 2026-11-27T17:00:00Z",
    })
    void nobodyIsCalledOutsideTheHoursOfTheirPlace(
            String number, @Nullable String zone, Instant now, Instant expected) {
        assertThat(rules.nextTime(number, zone, now)).contains(expected);
    }

    @Test
    void whereANumberHasSeveralTimeZonesTheHoursAreOpenInAll() {
        // Nine in Kaliningrad is seven in the evening in Kamchatka, so it is one hour a day.
        Instant open = Instant.parse("2026-11-27T07:00:00Z");

        assertThat(rules.nextTime("+79991234567", null, open.minusSeconds(1800)))
                .contains(open);
        assertThat(rules.nextTime("+79991234567", null, open.plusSeconds(3599))).contains(open.plusSeconds(3599));
        assertThat(rules.nextTime("+79991234567", null, open.plusSeconds(3600)))
                .contains(Instant.parse("2026-11-30T07:00:00Z"));
        assertThat(rules.nextTime("+79991234567", "Europe/Kaliningrad", open.plusSeconds(3600)))
                .contains(open.plusSeconds(3600));
    }

    @Test
    void aNumberWithoutHoursIsNotCalledAtAll() {
        Instant now = Instant.parse("2026-11-27T12:00:00Z");

        assertThat(rules.nextTime("+442079460000", null, now)).isEmpty();
        assertThat(rules.nextTime("+33123456789", null, now)).isEmpty();
    }

    @Test
    void aTypingErrorIsNamed() {
        assertThatThrownBy(() -> rules.setHours("number | time zones | hours | holidays\n* | Berlin | always |"))
                .hasMessage("line 2: Berlin is no time zone such as Europe/Berlin");
        assertThatThrownBy(() -> rules.setAttempts(0)).hasMessage("attempts must be 1 or more");
    }
}
