package dev.patchbay.twiml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlTemplatesTest {

    private static final String GOOD = "<Response>\n<Say>{{message:Hello}}</Say>\n</Response>";

    @Test
    void aTemplateIsFilled() {
        TwimlTemplates templates = TwimlTemplates.of(Map.of("greeting", GOOD));

        assertThat(templates.render("greeting", Map.of())).contains("<Say>Hello</Say>");
        assertThat(templates.render("greeting", Map.of("message", "Hi"))).contains("<Say>Hi</Say>");
        assertThat(TwimlTemplates.mistake("greeting", GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                            | 1 | 1",
                "'<Response>\n<Say>half'                                       | 2 | 10",
                "'<html>\n</html>'                                             | 1 | 7",
                "'<!DOCTYPE Response [<!ENTITY x \"y\">]><Response>&x;</Response>' | 1 | 10",
                "'<Response>\n<Say>one</Say>\n<Say>two</Say\n</Response>'       | 4 | 1",
                "'<Response>\n<{{verb}}/></Response>'                          | 2 | 2",
                "'<Response>\n  <Say>{{a message}}</Say></Response>'           | 2 | 8",
                "'<Response>\n{{message'                                       | 2 | 10",
                "'<Response>\n<!-- {{comment}} --></Response>'                 | 2 | 8",
            })
    void whatIsNoTemplateIsNamedWithLineAndColumn(String text, int line, int column) {
        assertThat(TwimlTemplates.mistake("greeting", text)).hasValueSatisfying(mistake -> {
            assertThat(mistake.line()).isEqualTo(line);
            assertThat(mistake.column()).isEqualTo(column);
            assertThat(mistake.reason()).isNotBlank();
        });
    }

    @Test
    void aFileThatIsNoTemplateIsAnApology() {
        assertThat(TwimlTemplates.of(Map.of("greeting", "<Response>")).render("greeting", Map.of()))
                .contains("<Say>We are sorry")
                .contains("<Hangup/>");
    }

    @Test
    void valuesAreEscaped() {
        assertThat(TwimlTemplates.of(
                                Map.of("greeting", "<Response><Say voice=\"{{voice}}\">{{message}}</Say></Response>"))
                        .render(
                                "greeting",
                                Map.of("voice", "\"/><Hangup/>", "message", "a < b & 'c' $1 {{voice}}\u0001")))
                .contains("voice=\"&quot;/&gt;&lt;Hangup/&gt;\"")
                .contains(">a &lt; b &amp; &apos;c&apos; $1 {{voice}}</Say>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "../secret", "greeting.xml", "", "a/b", "%2e%2e"})
    void otherNamesAreNotFound(String name) {
        assertThatThrownBy(() -> TwimlTemplates.of(Map.of("greeting", GOOD)).render(name, Map.of()))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.NOT_FOUND));
    }

    @Test
    void aNameThatNoAddressCanHaveIsAMistake() {
        assertThat(TwimlTemplates.mistake("good morning", GOOD)).isPresent();
    }
}
