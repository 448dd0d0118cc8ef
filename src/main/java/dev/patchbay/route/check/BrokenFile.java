package dev.patchbay.route.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that cannot be used, and what is missing because of it.
 *
 * @param path below the routes folder
 * @param routes the ids of the routes that it would have; none for what is no route
 * @param doors the entries that it would have
 * @param reasons {@code line:column: reason}
 */
public record BrokenFile(String path, List<String> routes, Set<Door> doors, List<String> reasons) {

    private static final Pattern PATH =
            Pattern.compile("(?m)^\\s*path:\\s*[\"']?(/[^\\s\"'#]*)|platform-http:/?(/[^\\s\"'?#]*)");
    private static final Pattern METHODS = Pattern.compile("httpMethodRestrict(?::\\s*|=)[\"']?([A-Za-z, ]+)");

    /**
     * An entry.
     *
     * @param method {@code GET} ...
     * @param path with parameters as {@code {id}}
     */
    public record Door(String method, String path) implements Comparable<Door> {
        @Override
        public int compareTo(Door other) {
            return (path + method).compareTo(other.path + other.method);
        }
    }

    /**
     * @param findings those of this file
     * @param lastGood an older state of the folder, for what can no longer be read out of the file; null when there is none
     */
    public static BrokenFile of(
            RouteSources sources, String path, List<RouteFinding> findings, @Nullable RouteSources lastGood) {
        Set<Door> doors = doors(path, sources.text(path));
        if (doors.isEmpty() && lastGood != null) {
            doors = doors(path, lastGood.text(path));
        }
        return new BrokenFile(
                path,
                RouteSources.isRouteFile(path) && !path.startsWith("error/")
                        ? List.of(RouteSources.name(path))
                        : List.of(),
                doors,
                findings.stream()
                        .map(finding -> "%d:%d: %s".formatted(finding.line(), finding.column(), finding.reason()))
                        .toList());
    }

    private static Set<Door> doors(String path, String text) {
        Set<Door> doors = new TreeSet<>();
        List<YamlRoute> routes = YamlRoute.of(YamlText.parse(path, text));
        for (YamlRoute route : routes) {
            String at = route.parameters().getOrDefault("path", "");
            if (route.isEntry() && at.startsWith("/")) {
                route.methods().forEach(method -> doors.add(new Door(method, at)));
            }
        }
        return routes.isEmpty() && RouteSources.isRouteFile(path) ? guessed(text) : doors;
    }

    /** Of what is no YAML any more. */
    private static Set<Door> guessed(String text) {
        Set<Door> doors = new TreeSet<>();
        Matcher path = PATH.matcher(text);
        Matcher methods = METHODS.matcher(text);
        if (text.contains("platform-http") && path.find() && methods.find()) {
            String at = path.group(1) == null ? path.group(2) : path.group(1);
            List<String> named = new ArrayList<>(List.of(methods.group(1).split(",")));
            named.replaceAll(String::strip);
            named.forEach(method -> doors.add(new Door(method, at)));
        }
        return doors;
    }
}
