package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

    @Test
    void rowsAreReadInOrderByTheirColumns() {
        List<String> read = new ArrayList<>();

        Table.of("""

                name  |number
                  Ada | +1

                Ben   | +2 , +3,
                """, "number", "name").forEach(row -> read.add(row.required("name") + row.list("number")));

        assertThat(read).containsExactly("Ada[+1]", "Ben[+2, +3]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; line 1: the columns are number | agent",
                "number; line 1: the columns are number | agent",
                "number | agnet; line 1: the columns are number | agent",
                "number | agent | more; line 1: the columns are number | agent",
                "number | agent~1 | a~~2; line 4: a row has 2 columns, not 1",
                "number | agent~1 | a | b; line 2: a row has 2 columns, not 3",
                "number | agent~1 | a~2 |; line 3: agent is missing",
            })
    void aWrongLineIsNamed(String text, String reason) {
        assertThatThrownBy(() ->
                        Table.of(text.replace('~', '\n'), "number", "agent").forEach(row -> row.required("agent")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }
}
