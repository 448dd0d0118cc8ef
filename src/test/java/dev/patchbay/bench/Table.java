package dev.patchbay.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Markdown table with a heading and remarks below it. */
final class Table {

    private final String title;
    private final List<String> columns;
    private final List<String> rows = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Table(String title, String... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    /** Numbers are shown with three significant digits or so; everything else as it is. */
    Table row(Object... cells) {
        List<String> shown = new ArrayList<>();
        for (Object cell : cells) {
            shown.add(cell instanceof Double number ? number(number) : String.valueOf(cell));
        }
        String row = "| " + String.join(" | ", shown) + " |";
        System.err.println(row); // Parts take minutes: show how far they are.
        rows.add(row);
        return this;
    }

    Table remark(String remark) {
        remarks.add(remark);
        return this;
    }

    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\n### " + title + "\n\n");
        if (!rows.isEmpty()) {
            text.append("| ").append(String.join(" | ", columns)).append(" |\n");
            text.append("|---".repeat(columns.size())).append("|\n");
            rows.forEach(row -> text.append(row).append('\n'));
            text.append('\n');
        }
        remarks.forEach(remark -> text.append(remark).append("\n\n"));
        return text.toString();
    }
}
