package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.error.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} and the code say the same. */
class ErrorsDocTest {

    private static final Pattern CATEGORY =
            Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (\\d{3}) \\| .+ \\| (yes|no) \\|$");
    private static final Pattern STATUS = Pattern.compile("(?m)^\\| (\\d{3}) \\| .+ \\|$");

    @Test
    void theTableHasEveryCategoryWithItsStatus() throws IOException {
        List<String> documented = new ArrayList<>();
        Matcher row = CATEGORY.matcher(document());
        while (row.find()) {
            documented.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
        }

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Stream.of(ErrorCategory.values())
                        .map(category ->
                                category + " " + category.status() + " " + (category.retryable() ? "yes" : "no"))
                        .toList());
    }

    @Test
    void whatTheServerAnswersByItselfIsThereToo() throws IOException {
        Set<String> documented = STATUS.matcher(document())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> written = new HashSet<>(Set.of("400"));
        for (String file : new String[] {"PublicPlane", "InvalidRequest"}) {
            Pattern.compile("(?:new Problem\\(|answer\\(ctx, )(4\\d\\d), \"")
                    .matcher(Files.readString(Path.of("src/main/java/dev/patchbay/http/" + file + ".java")))
                    .results()
                    .forEach(found -> written.add(found.group(1)));
        }

        assertThat(documented).isEqualTo(written).hasSize(5);
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/errors.md"));
    }
}
