package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MenuTest {

    private final Menu menu = new Menu();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1  |                                    | sales",
                "2  |                                    | support",
                "3  |                                    | ",
                "12 |                                    | ",
                "   | Sales.                             | sales",
                "   | I'd like to BUY something, please! | sales",
                "   | something to buy                   | ",
                "   | presales                           | ",
                "   | das ist für Zoë                    | support",
                "   | Zoe                                | ",
                "   | help me with sales                 | sales",
                "   | ${bean:agents}                     | ",
                "   | ...                                | ",
                "   |                                    | ",
            })
    void aKeyOrAWordChooses(String digits, String speech, String goesTo) {
        menu.setChoices("""
                key | words                | goes to
                1   | sales, buy something | sales
                2   | help, Zoë            | support
                """);
        Map<String, String> form = new HashMap<>();
        if (digits != null) {
            form.put("Digits", digits);
        }
        if (speech != null) {
            form.put("SpeechResult", speech);
        }

        assertThat(menu.chosen(form)).isEqualTo(goesTo);
    }

    @Test
    void aRowMayHaveNoWords() {
        menu.setChoices("""
                key | words | goes to
                0   |       | operator
                """);

        assertThat(menu.chosen(Map.of("Digits", "0"))).isEqualTo("operator");
        assertThat(menu.chosen(Map.of("SpeechResult", "operator"))).isNull();
        assertThat(menu.chosen(Map.of("Digits", ""))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "one | sales | sales; line 2: one is no key",
                "# | sales | sales; line 2: # is no key",
                "1 | sales |; line 2: goes to is missing",
                "| sales | sales; line 2: key is missing",
            })
    void whatCannotBeReadIsSaidWithItsLine(String row, String reason) {
        assertThatThrownBy(() -> menu.setChoices("key | words | goes to\n" + row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void aKeyHasOneRow() {
        assertThatThrownBy(() -> menu.setChoices("key | words | goes to\n1 | a | a\n1 | b | b"))
                .hasMessage("line 3: key 1 has a row already");
    }
}
