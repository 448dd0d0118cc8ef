package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterValuesTest {

    @Test
    void aBlankValueIsNone() {
        assertThat(ParameterValues.text(null)).isNull();
        assertThat(ParameterValues.text(" \t")).isNull();
        assertThat(ParameterValues.text(" a ")).isEqualTo(" a ");
    }

    /** What Camel makes of a plus sign in a URI is a space. */
    @ParameterizedTest
    @ValueSource(strings = {"+14155550123", " 14155550123", " 1 (415) 555-0123", "+1 415 555 0123", " +14155550123"})
    void aNumberIsOneWhateverBecameOfItsPlusSign(String given) {
        assertThat(ParameterValues.phone("to", given)).isEqualTo("+14155550123");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> ParameterValues.phone("to", "14155550123"))
                .hasMessageStartingWith("to is not a phone");
        assertThatThrownBy(() -> ParameterValues.phone("to", "")).hasMessage("to is missing");
        assertThat(ParameterValues.phoneOr("from", "", "+15550000000")).isEqualTo("+15550000000");
        assertThatThrownBy(() -> ParameterValues.phoneOr("from", "x", "+15550000000"))
                .hasMessageStartingWith("from is not a phone");
        assertThatThrownBy(() -> ParameterValues.required("text", "abc", 2))
                .hasMessage("text is longer than 2 characters");
        assertThat(ParameterValues.required("text", "👋👋", 2)).isEqualTo("👋👋");
        assertThat(ParameterValues.flag("record", "", true)).isTrue();
        assertThat(ParameterValues.flag("record", "false", true)).isFalse();
        assertThatThrownBy(() -> ParameterValues.flag("record", "yes", true))
                .hasMessage("record must be true or false");
        assertThat(ParameterValues.whole("timeLimit", " 60 ", 1, 99)).isEqualTo(60);
        assertThat(ParameterValues.whole("timeLimit", "", 1, 99)).isNull();
        assertThatThrownBy(() -> ParameterValues.whole("timeLimit", "100", 1, 99))
                .hasMessage("timeLimit must be a whole number from 1 to 99");
        assertThatThrownBy(() -> ParameterValues.whole("timeLimit", "9999999999", 1, 99))
                .hasMessageStartingWith("timeLimit must be");
    }
}
