package dev.patchbay.twiml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class TwimlTemplatesTest {

    private static final String GOOD = "<Response>\n<Say>{{message:Hello}}</Say>\n</Response>";

    @TempDir
    Path dir;

    private final Logger logger = (Logger) LoggerFactory.getLogger(TwimlTemplates.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void anEditHoldsAtTheNextRequest() throws IOException {
        write(GOOD);
        TwimlTemplates templates = new TwimlTemplates(dir);
        assertThat(templates.render("greeting", Map.of())).contains("<Say>Hello</Say>");

        write(GOOD.replace("Hello", "Good morning"));

        assertThat(templates.render("greeting", Map.of())).contains("<Say>Good morning</Say>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Response>\n<Say>half",
                "<html>\n</html>",
                "<!DOCTYPE Response [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<Response>&x;</Response>",
                "<Response>\n<{{verb:Say}}/></Response>",
                "<Response>\n<!-- {{message}} --></Response>",
                "<Response>\n<Say>{{message</Say></Response>"
            })
    void whatIsNoTwimlIsRefusedAndTheVersionBeforeServed(String refused) throws IOException {
        write(GOOD);
        TwimlTemplates templates = new TwimlTemplates(dir);

        write(refused);

        assertThat(templates.render("greeting", Map.of())).contains("<Say>Hello</Say>");
        assertThat(templates.render("greeting", Map.of("message", "Hi"))).contains("<Say>Hi</Say>");
        assertThat(log.list).as("once per mistake").hasSize(1);
        assertThat(log.list.get(0).getFormattedMessage())
                .matches("(?s).*greeting\\.xml:-?\\d+: .*the version before is served");
        write(GOOD.replace("Hello", "Back"));
        assertThat(templates.render("greeting", Map.of())).contains("Back");
    }

    @Test
    void theLineIsNamed() throws IOException {
        write("<Response>\n<Say>one</Say>\n<Say>two</Say\n</Response>");

        new TwimlTemplates(dir);

        assertThat(log.list.get(0).getFormattedMessage()).contains("greeting.xml:4: ");
    }

    @Test
    void aFileThatNeverWasRightIsAnApology() throws IOException {
        write("<Response>");

        assertThat(new TwimlTemplates(dir).render("greeting", Map.of()))
                .contains("<Say>We are sorry")
                .contains("<Hangup/>");
    }

    @Test
    void valuesAreEscaped() throws IOException {
        write("<Response><Say voice=\"{{voice}}\">{{message}}</Say></Response>");

        assertThat(new TwimlTemplates(dir)
                        .render(
                                "greeting",
                                Map.of("voice", "\"/><Hangup/>", "message", "a < b & 'c' $1 {{voice}}\u0001")))
                .contains("voice=\"&quot;/&gt;&lt;Hangup/&gt;\"")
                .contains(">a &lt; b &amp; &apos;c&apos; $1 {{voice}}</Say>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "../secret", "greeting.xml", "", "a/b", "%2e%2e"})
    void otherNamesAreNotFound(String name) throws IOException {
        write(GOOD);
        Files.writeString(dir.resolveSibling("secret.xml"), GOOD);

        assertThatThrownBy(() -> new TwimlTemplates(dir).render(name, Map.of()))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.NOT_FOUND));
    }

    @Test
    void aDeletedFileIsNotFound() throws IOException {
        write(GOOD);
        TwimlTemplates templates = new TwimlTemplates(dir);
        templates.render("greeting", Map.of());

        Files.delete(dir.resolve("greeting.xml"));

        assertThatThrownBy(() -> templates.render("greeting", Map.of())).isInstanceOf(PatchbayException.class);
    }

    private void write(String text) throws IOException {
        Files.writeString(dir.resolve("greeting.xml"), text);
    }
}
