package dev.patchbay.bench;

/** A figure beside what was asked of it. The bench reports; it fails no build. */
final class Verdict {

    private Verdict() {}

    static String atMost(String what, double measured, double limit) {
        return line(what, measured, "<=", limit, measured <= limit);
    }

    static String atLeast(String what, double measured, double limit) {
        return line(what, measured, ">=", limit, measured >= limit);
    }

    private static String line(String what, double measured, String relation, double limit, boolean met) {
        return "- " + what + ": " + Table.number(measured) + " (" + relation + " " + Table.number(limit) + ": "
                + (met ? "met" : "MISSED") + ")";
    }
}
