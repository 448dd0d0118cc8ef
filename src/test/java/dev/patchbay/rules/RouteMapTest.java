package dev.patchbay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.route.check.RouteFolder;
import dev.patchbay.route.check.YamlRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The map in {@code routes/README.md} is what the files say. When it is not, the failure shows the text to put there. */
class RouteMapTest {

    private static final Pattern MAP = Pattern.compile("(?ms)^## The map\n\n(.*?)\n*(?:^## |\\z)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?:[^}]*\\.)?([^.}]+)}");

    @Test
    void theReadmeHasEveryRouteAsItsFileSays() throws IOException {
        Matcher map = MAP.matcher(Files.readString(Path.of("routes/README.md")));

        assertThat(map.find()).as("routes/README.md has a section \"The map\"").isTrue();
        assertThat(map.group(1))
                .as("because a newcomer finds the right file in this map, it must not lie")
                .isEqualTo(map(YamlRoute.all(new RouteFolder(Path.of("routes"), true).read())));
    }

    private static String map(List<YamlRoute> routes) {
        return routes.stream()
                .collect(Collectors.groupingBy(YamlRoute::folder, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(folder -> table(folder))
                .collect(Collectors.joining("\n\n"));
    }

    private static String table(Map.Entry<String, List<YamlRoute>> folder) {
        return folder.getValue().stream()
                .map(RouteMapTest::row)
                .collect(Collectors.joining(
                        "\n",
                        "### " + folder.getKey() + "/\n\n| id | from | to | what it does |\n|---|---|---|---|\n",
                        ""));
    }

    private static String row(YamlRoute route) {
        String to = route.sendings().stream()
                .map(sending -> sending.isDirect() ? sending.name() : sending.uri())
                .map(RouteMapTest::readable)
                .distinct()
                .collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s |".formatted(route.id(), from(route), to, route.value("description"));
    }

    private static String from(YamlRoute route) {
        return route.isEntry()
                ? "%s %s"
                        .formatted(
                                route.parameters().getOrDefault("httpMethodRestrict", "any"),
                                route.parameters().get("path"))
                : route.uri().startsWith("direct:") ? "direct" : route.uri();
    }

    /** {@code ${variable.agent.provider}-call-answer} is {@code <provider>-call-answer} to people. */
    private static String readable(String target) {
        return VARIABLE.matcher(target).replaceAll("\\\\<$1>");
    }
}
