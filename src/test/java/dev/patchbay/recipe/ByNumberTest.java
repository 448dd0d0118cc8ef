package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByNumberTest {

    private final ByNumber<String> numbers = new ByNumber<>();

    @Test
    void theLongestKeyThatFitsHolds() {
        numbers.put("+1*", "america");
        numbers.put("+1514*", "montreal");
        numbers.put("+15145550100", "ada");

        assertThat(numbers.find("+15145550100")).hasValue("ada");
        assertThat(numbers.find("+15145550101")).hasValue("montreal");
        assertThat(numbers.find("+14155550100")).hasValue("america");
        assertThat(numbers.find("+4915550100")).isEmpty();
        assertThat(numbers.find("+151455501001")).as("a number is no beginning").hasValue("montreal");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "anonymous", "client:ada", "sip:ada@example.com", "*"})
    void whoHasNoNumberIsEverybodyElse(String caller) {
        numbers.put("+1*", "america");
        assertThat(numbers.find(caller)).isEmpty();

        numbers.put("*", "all");
        assertThat(numbers.find(caller)).hasValue("all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15145550100",
                "+0151455501",
                "+151 45550100",
                "+*",
                "**",
                "+1*5",
                "+1514555010012345",
                "anonymous"
            })
    void aKeyIsANumberOrABeginning(String key) {
        assertThatThrownBy(() -> numbers.put(key, "x")).hasMessageContaining("+49*");
    }

    @Test
    void aNumberHasOneRow() {
        numbers.put("+1*", "a");
        assertThatThrownBy(() -> numbers.put("+1*", "b")).hasMessage("the number has a row already");
    }
}
