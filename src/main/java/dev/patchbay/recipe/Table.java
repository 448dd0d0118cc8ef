package dev.patchbay.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A table as people write it: one row per line, columns between bars, the first line names the columns, blank lines mean
 * nothing.
 *
 * <pre>
 * number       | agent
 * +15550000031 | parrot
 * </pre>
 */
public final class Table {

    private final List<String> columns;
    private final List<Row> rows;

    private Table(List<String> columns, List<Row> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Reads a table of just these columns, in any order.
     *
     * @throws IllegalArgumentException naming the line that is wrong, 1 for the first
     */
    public static Table of(String text, String... columns) {
        List<String> names = List.of();
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            List<String> cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            if (line.isBlank()) {
                continue;
            }
            if (names.isEmpty()) {
                names = cells;
                if (names.size() != columns.length || !names.containsAll(List.of(columns))) {
                    throw wrong(number, "the columns are " + String.join(" | ", columns));
                }
            } else if (cells.size() != names.size()) {
                throw wrong(number, "a row has " + names.size() + " columns, not " + cells.size());
            } else {
                rows.add(new Row(number, names, cells));
            }
        }
        if (names.isEmpty()) {
            throw wrong(1, "the columns are " + String.join(" | ", columns));
        }
        return new Table(names, rows);
    }

    /**
     * Hands on every row, in order.
     *
     * @throws IllegalArgumentException what the reader throws, with the line of the row
     */
    public void forEach(Consumer<Row> reader) {
        rows.forEach(row -> {
            try {
                reader.accept(row);
            } catch (IllegalArgumentException e) {
                throw wrong(row.line, Objects.requireNonNullElse(e.getMessage(), "cannot be read"));
            }
        });
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    private static IllegalArgumentException wrong(int line, String reason) {
        return new IllegalArgumentException("line " + line + ": " + reason);
    }

    @Override
    public String toString() {
        return "Table" + columns + " of " + rows.size() + " rows";
    }

    /** One line of a table. */
    public static final class Row {

        private final int line;
        private final List<String> columns;
        private final List<String> cells;

        private Row(int line, List<String> columns, List<String> cells) {
            this.line = line;
            this.columns = columns;
            this.cells = cells;
        }

        /** The cell of a column, trimmed; empty when there is nothing in it. */
        public String get(String column) {
            return cells.get(columns.indexOf(column));
        }

        /** @throws IllegalArgumentException when there is nothing in it */
        public String required(String column) {
            String cell = get(column);
            if (cell.isEmpty()) {
                throw new IllegalArgumentException(column + " is missing");
            }
            return cell;
        }

        /** What stands between commas in a cell. */
        public List<String> list(String column) {
            return Arrays.stream(get(column).split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList();
        }
    }
}
