package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents lead to each other, and nowhere else. */
class DocumentLinksTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void everyLinkLeadsSomewhere() throws Exception {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                Path folder = document.toAbsolutePath().getParent();
                Path target = link.group(1).isEmpty()
                        ? document.toAbsolutePath()
                        : folder.resolve(link.group(1)).normalize();
                if (!Files.exists(target) || (link.group(2) != null && !hasHeading(target, link.group(2)))) {
                    dead.add(document + ": " + link.group());
                }
            }
        }
        assertThat(dead).as("because a reader follows it").isEmpty();
    }

    @Test
    void readmeListsEveryDocument() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".md")))
                    .as("because what is not listed is not read")
                    .allSatisfy(file -> assertThat(readme).contains("\n- [" + file + "](" + file + ")"));
        }
    }

    /** As web pages of Markdown name the place of a heading. */
    private static boolean hasHeading(Path document, String place) throws Exception {
        return HEADING.matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{Alnum} -]", "")
                        .replace(' ', '-'))
                .anyMatch(place::equals);
    }

    private static List<Path> documents() throws Exception {
        try (Stream<Path> files =
                Stream.of("docs", "routes", "src/main/resources").map(Path::of).flatMap(DocumentLinksTest::below)) {
            return Stream.concat(Stream.of(Path.of("README.md")), files).toList();
        }
    }

    private static Stream<Path> below(Path dir) {
        try {
            return Files.walk(dir).filter(file -> file.toString().endsWith(".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
