package dev.patchbay.route.check;

import java.util.Comparator;

/**
 * Something that is wrong with a file of the routes folder.
 *
 * @param path of the file, below the folder
 * @param line counted from 1
 * @param column counted from 1
 * @param reason one sentence, without the place
 * @param excerpt the line as it is written and a caret below the column, two lines; empty where there is nothing to show
 */
public record RouteFinding(String path, int line, int column, String reason, String excerpt)
        implements Comparable<RouteFinding> {

    private static final Comparator<RouteFinding> ORDER = Comparator.comparing(RouteFinding::path)
            .thenComparingInt(RouteFinding::line)
            .thenComparingInt(RouteFinding::column)
            .thenComparing(RouteFinding::reason);

    /** About a file as a whole. */
    public static RouteFinding of(String path, String reason) {
        return new RouteFinding(path, 1, 1, reason, "");
    }

    /** {@code routes/operation/x.camel.yaml:12:19: reason}, as compilers write it. */
    public String text(RouteSources sources) {
        return "%s:%d:%d: %s".formatted(sources.shown(path), line, column, reason);
    }

    /** The same with the excerpt below it, indented. */
    public String textWithExcerpt(RouteSources sources) {
        return excerpt.isEmpty()
                ? text(sources)
                : text(sources) + "\n" + excerpt.indent(4).stripTrailing();
    }

    @Override
    public int compareTo(RouteFinding other) {
        return ORDER.compare(this, other);
    }
}
