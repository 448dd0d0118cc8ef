package dev.patchbay.route;

import dev.patchbay.route.check.RouteSources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two states of the routes folder: ids of routes and names of kamelets, of other files their
 * paths. A rename is one name less and one more.
 */
public record RouteChanges(List<String> added, List<String> changed, List<String> removed) {

    /** @param before null for nothing */
    public static RouteChanges between(@Nullable RouteSources before, RouteSources after) {
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        RouteSources from = before == null ? after.without(after.paths()) : before;
        for (String path : after.differences(from)) {
            (from.has(path) ? after.has(path) ? changed : removed : added).add(label(path));
        }
        return new RouteChanges(List.copyOf(added), List.copyOf(changed), List.copyOf(removed));
    }

    private static String label(String path) {
        return RouteSources.isRouteFile(path) || RouteSources.isKameletFile(path) ? RouteSources.name(path) : path;
    }

    /** {@code changed agent-select; added a, b; removed c}; of many the number. */
    public String text() {
        String text = Stream.of(part("changed", changed), part("added", added), part("removed", removed))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? "nothing changed" : text;
    }

    private static String part(String verb, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        return verb + " " + (names.size() > 10 ? names.size() + " files" : String.join(", ", names));
    }
}
