package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneListTest {

    private final PhoneList list = new PhoneList();

    @Test
    void everybodyIsCalledInTurnAndThenAgain() {
        list.setPeople("name | number\nAda | +1 (415) 555-0101\n\nBen | +14155550102");
        list.setRounds(2);

        assertThat(list.size()).isEqualTo(4);
        assertThat(list.number(1)).isEqualTo("+14155550101");
        assertThat(list.number(2)).isEqualTo("+14155550102");
        assertThat(list.number(3)).isEqualTo("+14155550101");
        assertThat(list.number(4)).isEqualTo("+14155550102");
        assertThat(list.has("+14155550102")).isTrue();
        assertThat(list.has("+14155550103")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "name | number ! there is nobody on the list",
                "name | phone\\nAda | +14155550101 ! line 1: the columns are name | number",
                "name | number\\nAda | 555 ! line 2: A phone number is",
                "name | number\\nAda | ! line 2: number is missing",
            })
    void whatCannotBeReadIsNamed(String text, String fault) {
        assertThatThrownBy(() -> list.setPeople(text.replace("\\n", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(fault);
    }
}
