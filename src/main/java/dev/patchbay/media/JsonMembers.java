package dev.patchbay.media;

/**
 * Walks the members of one JSON object in place, without allocating: what fifty messages a second and call deserve. It
 * finds where values stand and trusts the sender for the rest; a message that it cannot walk is for a real parser.
 *
 * <p>Use: {@code over(bytes, from, to)}, then {@link #next()} until false; between them {@link #is}, {@link #from()} and
 * {@link #to()}. A string's bounds leave its quotes out; escapes stay as they are.
 */
public final class JsonMembers {

    private byte[] json = new byte[0];
    private int at;
    private int end;
    private int keyFrom;
    private int keyTo;
    private int valueFrom;
    private int valueTo;
    private boolean broken;
    private boolean plainText;

    /** Begins at the object that stands in {@code json} between the indexes {@code from} and {@code to}. */
    public JsonMembers over(byte[] text, int from, int to) {
        json = text;
        at = from;
        end = to;
        skipSpace();
        broken = at >= end || json[at] != '{';
        at++;
        return this;
    }

    /** Goes to the next member. False at the end, and when the text is no object: see {@link #isBroken()}. */
    public boolean next() {
        if (broken) {
            return false;
        }
        skipSpace();
        if (at < end && json[at] == ',') {
            at++;
            skipSpace();
        }
        if (at >= end) {
            broken = true;
            return false;
        }
        if (json[at] == '}') {
            return false;
        }
        if (!string()) {
            return false;
        }
        keyFrom = valueFrom;
        keyTo = valueTo;
        skipSpace();
        if (at >= end || json[at] != ':') {
            broken = true;
            return false;
        }
        at++;
        skipSpace();
        return value();
    }

    /** Whether the text could not be walked to its end. */
    public boolean isBroken() {
        return broken;
    }

    /** Whether the member has this name (ASCII). */
    public boolean is(byte[] name) {
        return equal(keyFrom, keyTo, name);
    }

    /** Whether the member's value reads like this (ASCII). */
    public boolean valueIs(byte[] text) {
        return equal(valueFrom, valueTo, text);
    }

    /** Where the value begins. */
    public int from() {
        return valueFrom;
    }

    /** Where the value has ended. */
    public int to() {
        return valueTo;
    }

    /** Whether the value is a text that stands there as it reads, without escapes. */
    public boolean isPlainText() {
        return plainText;
    }

    /** The value as a whole number, written with or without quotes; -1 when it is none. */
    public long number() {
        long number = 0;
        boolean negative = valueFrom < valueTo && json[valueFrom] == '-';
        int from = negative ? valueFrom + 1 : valueFrom;
        if (from == valueTo || valueTo - from > 18) {
            return -1;
        }
        for (int i = from; i < valueTo; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return negative ? -number : number;
    }

    private boolean value() {
        if (at >= end) {
            broken = true;
            return false;
        }
        byte first = json[at];
        if (first == '"') {
            return string();
        }
        valueFrom = at;
        plainText = false;
        if (first == '{' || first == '[') {
            return nested();
        }
        while (at < end && json[at] != ',' && json[at] != '}' && json[at] > ' ') {
            at++;
        }
        valueTo = at;
        broken = at >= end || valueFrom == valueTo;
        return !broken;
    }

    private boolean nested() {
        int depth = 0;
        while (at < end) {
            byte c = json[at];
            if (c == '"') {
                int from = valueFrom;
                if (!string()) {
                    return false;
                }
                valueFrom = from;
                continue;
            }
            at++;
            if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                valueTo = at;
                plainText = false;
                return true;
            }
        }
        broken = true;
        return false;
    }

    private boolean string() {
        if (json[at] != '"') {
            broken = true;
            return false;
        }
        int i = at + 1;
        valueFrom = i;
        plainText = true;
        while (i < end) {
            byte c = json[i];
            if (c == '"') {
                valueTo = i;
                at = i + 1;
                return true;
            }
            if (c == '\\') {
                plainText = false;
                i++;
            }
            i++;
        }
        broken = true;
        return false;
    }

    private void skipSpace() {
        while (at < end && json[at] <= ' ' && json[at] >= 0) {
            at++;
        }
    }

    private boolean equal(int from, int to, byte[] text) {
        return java.util.Arrays.equals(json, from, to, text, 0, text.length);
    }
}
