package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a document shows must be what comes; otherwise {@code DocsFlowIT} could not fail. */
class ShownTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "two\\nthree | one\\ntwo\\nthree | ``",
                "three\\ntwo | one\\ntwo\\nthree | two",
                "tw          | one\\ntwo          | tw",
                "t...e       | one\\nthree        | ``",
                "a.*b        | axxb               | a.*b",
                "after 12 ms | after 3 ms         | ``",
                "line 12     | line 3             | line 12",
                "CA00000000000000000000000000000001 x | CAffffffffffffffffffffffffffffffff x | ``",
            })
    void linesAreThereInTheirOrder(String shown, String output, String missing) {
        assertThat(Shown.missing(shown.replace("\\n", "\n"), output.replace("\\n", "\n")))
                .isEqualTo(missing);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{'a': 1}                    | {'a': 1, 'b': 2}        | true",
                "{'a': 1}                    | {'a': 2}                | false",
                "{'a': 1}                    | {'b': 1}                | false",
                "{'a': {'b': null}}          | {'a': {'b': null}}      | true",
                "{'a': null}                 | {'a': 'x'}              | false",
                "{'a': []}                   | {'a': [1]}              | false",
                "{'a': [1, '...']}           | {'a': [1, 2]}           | true",
                "{'a': [1, 2]}               | {'a': [1]}              | false",
                "{'a': [1]}                  | {'a': [1, 2]}           | false",
                "{'a': 'x...'}               | {'a': 'xyz'}            | true",
                "{'a': 'x'}                  | {'a': 'xyz'}            | false",
                "{'twiml_ms': 3}             | {'twiml_ms': 90}        | true",
                "{'twiml_ms': 3}             | {'twiml_ms': null}      | false",
            })
    void membersAreThere(String shown, String output, boolean fits) {
        String json = output.replace('\'', '"');
        if (fits) {
            assertThatCode(() -> Shown.inOutput("here", shown.replace('\'', '"'), json))
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Shown.inOutput("here", shown.replace('\'', '"'), json))
                    .isInstanceOf(AssertionError.class);
        }
    }
}
