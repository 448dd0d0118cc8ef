package dev.patchbay.route.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What Camel throws for a route, as one sentence and the word in the route's file that it is about. Camel names the step at
 * best, and a step is many lines; the word (a bean, a component, an option) stands in its message.
 *
 * @param reason for people
 * @param word as it stands in the file; empty when the message names none
 */
record CamelFault(String reason, String word) {

    private static final int LONGEST = 300;

    private interface Words extends Function<MatchResult, String> {}

    /**
     * A message of Camel's.
     *
     * @param pattern of the message; its first group is the word
     */
    private record Known(Pattern pattern, Words words) {}

    private static final List<Known> KNOWN = List.of(
            known("No component found with scheme: ([\\w.+-]+)", found -> "there is no component " + found.group(1)),
            known("No endpoint could be found for: ([\\w.+-]+):", found -> "there is no component " + found.group(1)),
            known("kamelet/([\\w-]+)\\.kamelet\\.yaml", found -> "there is no kamelet " + found.group(1)),
            known("Unknown parameters=\\[\\{([^=}]+)=", found -> "there is no option " + found.group(1)),
            known(
                    "Error binding property \\(([^=)]+)=(.*?)\\) with name: (\\S+) on bean",
                    found -> "%s is no value for %s".formatted(found.group(2), found.group(1))),
            known("No bean could be found in the registry for: (\\S+)", found -> "there is no bean " + found.group(1)),
            known(
                    "Bean instance with name: (\\S+) not found|bean: (\\S+) not found in registry",
                    found -> "there is no bean " + found.group(1)),
            known(
                    "IllegalSyntaxException: (?:(?!Unknown function)[^\\n])*\\n([^\\n]+)\\n",
                    found -> firstSentence(found.group().replaceFirst("^\\w+: ", "simple: "))),
            known("Method with name: (\\S+) not found on bean: .* of type: ([\\w.$]+)", found -> "%s has no method %s"
                    .formatted(simpleName(found.group(2)), found.group(1))),
            known(
                    "Ambiguous method invocations possible: .*?(\\w+)\\(",
                    found -> "several methods " + found.group(1) + " fit: write the parameters"),
            known("Property with key \\[([^]]+)] not found", found -> "there is no setting {{" + found.group(1) + "}}"),
            known("Unknown function: (\\S+)", found -> "simple has no function ${" + found.group(1) + "}"),
            known("No language could be found for: (\\S+)", found -> "there is no language " + found.group(1)),
            known(
                    "Data ?format '([^']+)' could not be (?:created|found)",
                    found -> "there is no data format " + found.group(1)),
            known(
                    "DataFormat .*?([\\w-]+) (?:not found|cannot be resolved)",
                    found -> "there is no data format " + found.group(1)),
            known("ClassNotFoundException: ([\\w.$]+)", found -> "there is no class " + found.group(1)),
            known("cannot find class: ([\\w.$]+)", found -> "there is no class " + found.group(1)),
            known(
                    "Route template (\\S+) the following mandatory parameters must be provided: ([\\w, ]+)",
                    found -> "the kamelet %s needs %s"
                            .formatted(found.group(1), found.group(2).strip())),
            known("Cannot find RouteTemplate with id (\\S+)", found -> "there is no kamelet " + found.group(1)));

    /** @param names of beans, kamelets and what else a word may have been meant to be */
    static CamelFault of(Throwable thrown, Collection<String> names) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && cause.getCause() != cause; cause = cause.getCause()) {
            messages.add(0, cause.getClass().getSimpleName() + ": " + cause.getMessage()); // the root first
        }
        for (Known known : KNOWN) {
            for (String message : messages) {
                Matcher matcher = known.pattern().matcher(message);
                if (matcher.find()) {
                    String word = String.valueOf(matcher.group(1)).replaceFirst("[:,.]$", "");
                    return new CamelFault(
                            known.words().apply(matcher.toMatchResult()) + Nearest.hint(word, names), word);
                }
            }
        }
        String root = messages.get(0);
        String message = root.replaceFirst("^\\w+: ", "");
        String reason = message.equals("null") ? root.replaceFirst(": null$", "") : firstSentence(message);
        return new CamelFault(reason, "");
    }

    /** Where the word stands in a part of a file: as a whole value or name before a part of one. */
    Optional<RouteFinding> in(YamlText file, @Nullable Node part) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Pattern whole = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
        record Place(ScalarNode scalar, int offset) {}
        return YamlText.scalars(part)
                .flatMap(scalar -> whole.matcher(scalar.getValue())
                        .results()
                        .map(found -> new Place(scalar, YamlText.isOneLine(scalar) ? found.start() : 0)))
                .min(Comparator.comparing(place -> !place.scalar().getValue().equals(word)))
                .map(place -> file.finding(place.scalar(), place.offset(), reason));
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }

    private static Known known(String pattern, Words words) {
        return new Known(Pattern.compile(pattern, Pattern.DOTALL), words);
    }
}
