package dev.patchbay.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of Twilio's codes in {@code docs/errors.md} is what the code makes of them. */
class TwilioFaultsDocTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d{5}[^|]*) \\| `([A-Z_]+)` \\| .* \\|$");

    /** Where Twilio's HTTP status of an error is not 400. */
    private static final Map<Integer, Integer> STATUS =
            Map.of(20003, 401, 20005, 403, 20008, 403, 20404, 404, 20429, 429);

    @Test
    void everyCodeOfTheTableBecomesItsCategory() throws IOException {
        Map<Integer, ErrorCategory> documented = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(Path.of("docs/errors.md")))
                .results()
                .toList()) {
            Pattern.compile("\\d{5}")
                    .matcher(row.group(1))
                    .results()
                    .forEach(
                            code -> documented.put(Integer.valueOf(code.group()), ErrorCategory.valueOf(row.group(2))));
        }
        documented.remove(20429); // the client's own: it comes after its retries, see ProviderClientIT

        assertThat(documented).hasSizeGreaterThan(14);
        documented.forEach((code, category) -> assertThat(TwilioFaults.category(STATUS.getOrDefault(code, 400), code))
                .as("Twilio's " + code)
                .isEqualTo(category));
    }
}
