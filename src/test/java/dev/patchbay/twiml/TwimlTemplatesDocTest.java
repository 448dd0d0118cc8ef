package dev.patchbay.twiml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code routes/twiml}: every template is TwiML, and its README has every placeholder with its default. */
class TwimlTemplatesDocTest {

    private static final Path DIR = Path.of("routes/twiml");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [a-z-]+ \\| `.*$");

    @Test
    void theReadmeHasEveryPlaceholderWithItsDefault() throws Exception {
        List<String> rows = new ArrayList<>();
        for (String name : names()) {
            TwimlTemplate.parse(Files.readString(DIR.resolve(name + ".xml")))
                    .placeholders()
                    .forEach((placeholder, standard) ->
                            rows.add("| %s | `%s` | %s |".formatted(name, placeholder, standard)));
        }

        assertThat(rows).isNotEmpty();
        assertThat(ROW.matcher(Files.readString(DIR.resolve("README.md")))
                        .results()
                        .map(row -> row.group()))
                .as("because whoever fills a placeholder must know what stands there otherwise")
                .isEqualTo(rows);
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(DIR)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".xml"))
                    .map(file -> file.replace(".xml", ""))
                    .sorted()
                    .toList();
        }
    }
}
