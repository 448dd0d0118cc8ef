package dev.patchbay.bench;

/** Decimal numbers written into a byte array. */
final class Digits {

    private Digits() {}

    /** Writes a number that is not negative and returns the position after it. */
    static int put(byte[] to, int at, long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int position = at + digits - 1; position >= at; position--) {
            to[position] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }
}
