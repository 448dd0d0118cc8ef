package dev.patchbay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1 (415) 555-0123",
                "+1.415.555.0123",
                "+1/415/5550123",
                " +14155550123 ",
                "+1\u00A0415\u00A05550123"
            })
    void separatorsAreRemoved(String given) {
        assertThat(PhoneNumber.parse(given)).isEqualTo("+14155550123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1234567890", "+1234567", "+123456789012345"})
    void sevenToFifteenDigitsAreANumber(String number) {
        assertThat(PhoneNumber.parse(number)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "14155550123",
                "+04155550123",
                "+123456",
                "+1234567890123456",
                "+1415555o123",
                "anonymous",
                "++14155550123"
            })
    void anythingElseIsNot(String given) {
        assertThatThrownBy(() -> PhoneNumber.parse(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("1415555o123");
    }

    @ParameterizedTest
    @CsvSource({
        "+14155550123, ***23",
        "'+1 (415) 555-0123', ***23",
        "anonymous, ***",
        "client:bob99, ***",
        "sip:14155550123@example.com, ***",
        "1234, ***"
    })
    void aLogShowsTheLastTwoDigitsAtMost(String number, String masked) {
        assertThat(PhoneNumber.masked(number)).isEqualTo(masked);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void noNumberIsMaskedToo(String number) {
        assertThat(PhoneNumber.masked(number)).isEqualTo("***");
    }
}
