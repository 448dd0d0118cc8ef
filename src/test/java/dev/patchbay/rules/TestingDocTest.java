package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/testing.md} has every field of a simulated call's order and report. */
class TestingDocTest {

    private static final Path SANDBOX = Path.of("src/main/java/dev/patchbay/sandbox");

    @Test
    void fieldsOfAnOrder() throws Exception {
        assertThat(fields("of an order"))
                .isEqualTo(found("CallOrder.java", "(?:party|matching|millis|getValue)\\((?:order, )?\"([a-z_]+)\""));
    }

    @Test
    void fieldsOfAReport() throws Exception {
        Set<String> report = found("caller/CallReport.java", "\\.put\\(\"([a-z_]+)\"");
        report.add("recording"); // its URL, which the controller knows
        report.removeAll(Set.of("call_sid", "from", "to")); // as ordered

        assertThat(fields("of a report")).isEqualTo(report);
    }

    private static Set<String> found(String file, String pattern) throws Exception {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern)
                .matcher(Files.readString(SANDBOX.resolve(file)))
                .results()
                .forEach(field -> found.add(field.group(1)));
        return found;
    }

    private static Set<String> fields(String table) throws Exception {
        Matcher rows = Pattern.compile("\\| " + table + " \\| is \\|\n\\|---\\|---\\|\n((?:\\|.*\n)+)")
                .matcher(Files.readString(Path.of("docs/testing.md")));
        assertThat(rows.find()).as(table).isTrue();
        Set<String> fields = new TreeSet<>();
        rows.group(1).lines().map(row -> row.substring(0, row.indexOf(" |", 2))).forEach(cell -> Pattern.compile(
                        "`([a-z_]+)`")
                .matcher(cell)
                .results()
                .forEach(field -> fields.add(field.group(1))));
        return fields;
    }
}
