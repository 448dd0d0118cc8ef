package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTableTest {

    private final NumberTable table = new NumberTable();

    @Test
    void aNumberHasTheTextOfItsRow() {
        table.setRows("""
                number | language
                +1*    | en
                +1514* | fr
                """);

        assertThat(table.of("+15145550100")).isEqualTo("fr");
        assertThat(table.of("+14155550100")).isEqualTo("en");
        assertThat(table.of("+4930123456")).isNull();
        assertThat(table.of("anonymous")).isNull();
        assertThat(table.of(null)).isNull();
    }

    @Test
    void withoutRowsNobodyHasAny() {
        assertThat(table.of("+15145550100")).isNull();
        table.setRows("number | agent");
        assertThat(table.of("+15145550100")).isNull();
    }

    @Test
    void whatWasReadBeforeStaysWhenTheNextCannotBe() {
        table.setRows("number | agent\n+1* | ada");

        assertThatThrownBy(() -> table.setRows("number | agent\n+2* | ben\n+2* | cleo"))
                .hasMessage("line 3: the number has a row already");

        assertThat(table.of("+15145550100")).isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; line 1: the columns are number | value",
                "agent | number; line 1: the columns are number | value",
                "number; line 1: the columns are number | value",
                "number | agent~+1*; line 2: a row has 2 columns, not 1",
                "number | agent~+1* | ; line 2: agent is missing",
                "number | agent~ | ada; line 2: number is missing",
                "number | agent~1514 | ada; line 2: a number is a plus sign and 7 to 15 digits, or its beginning and a star: +49*",
            })
    void whatCannotBeReadIsSaidWithItsLine(String text, String reason) {
        assertThatThrownBy(() -> table.setRows(text.replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }
}
