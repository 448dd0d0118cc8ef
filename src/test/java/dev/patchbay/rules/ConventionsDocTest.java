package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.route.check.RouteEdit;
import dev.patchbay.route.check.StandInBeans;
import dev.patchbay.settings.GatewaySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/conventions.md} says what the code says. */
class ConventionsDocTest {

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void everyMessageIsOneThatABrokenEditGets() throws Exception {
        // RouteCheckTest shows that the corpus is what is really said.
        List<String> said = reasons();
        assertThat(messages()).hasSizeGreaterThan(15).allSatisfy(message -> assertThat(said)
                .as("because whoever sees the message looks for it here")
                .anyMatch(reason -> reason.contains(message) || message.contains(reason)));
    }

    @Test
    void everyConventionThatTheCorpusBreaksIsThere() throws Exception {
        String code = Files.readString(Path.of("src/main/java/dev/patchbay/route/check/RouteConventions.java"));
        List<String> messages = messages();
        List<String> conventions = reasons().stream()
                .filter(reason -> code.contains("\"" + reason))
                .toList();
        assertThat(conventions).hasSizeGreaterThan(10).allSatisfy(reason -> assertThat(messages)
                .as("docs/conventions.md tells of: %s", reason)
                .anyMatch(message -> reason.contains(message) || message.contains(reason)));
    }

    @Test
    void policiesAreThoseOfTheRoutesAndOfTheGateway() throws Exception {
        Set<String> written = firstCells("Who may call: `routePolicy`");
        Set<String> used = YamlRoute.all().stream()
                .map(route -> route.value("routePolicy"))
                .filter(policy -> !policy.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(written).containsAll(used);
        assertThat(StandInBeans.of(GatewaySettings.of(Map.of("SPRING_PROFILES_ACTIVE", "sandbox"))
                                .environment())
                        .names()
                        .get())
                .containsAll(written);
    }

    @Test
    void errorConfigurationsAreThoseOfTheirFolder() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("routes/error"))) {
            assertThat(firstCells("How an error looks: `routeConfigurationId`"))
                    .isEqualTo(files.map(file -> file.getFileName().toString().replaceFirst("\\..*", ""))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void everyTestThatItNamesExists() throws Exception {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(tests).containsAll(firstCells("What tests hold"));
    }

    private static List<String> reasons() {
        return RouteEdit.all("broken").stream()
                .map(edit -> Objects.requireNonNull(edit.expected()).reason())
                .filter(reason -> reason.length() > 12)
                .toList();
    }

    private static List<String> messages() throws Exception {
        return section("What a save is held against")
                .lines()
                .filter(line -> line.startsWith("| ") && line.endsWith(" |"))
                .map(line -> line.substring(line.lastIndexOf("| ", line.length() - 3)))
                .flatMap(cell -> QUOTED.matcher(cell).results())
                .map(found -> found.group(1))
                .toList();
    }

    private static Set<String> firstCells(String title) throws Exception {
        return section(title)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf(" |", 2)))
                .flatMap(cell -> QUOTED.matcher(cell).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section(String title) throws Exception {
        Matcher section = Pattern.compile("(?ms)^## " + Pattern.quote(title) + "\n(.*?)(?=^## |\\z)")
                .matcher(Files.readString(Path.of("docs/conventions.md")));
        assertThat(section.find()).as(title).isTrue();
        return section.group(1);
    }
}
