package dev.patchbay.sandbox.speech;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Sound as it arrived, piece after piece without the gaps between them, and when each piece was played. So a gap
 * changes the time of what follows, but never tears the sound that is compared. 8 kHz; keeps the first minute.
 */
public final class Heard {
    private static final int MOST_SAMPLES = 60 * 8_000;

    private short[] samples = new short[1 << 14];
    private int length;
    private final TreeMap<Integer, Integer> playedAt = new TreeMap<>();

    /** Takes the next piece, {@code count} samples of an array, which begins to play at a position of the call. */
    public void add(short[] from, int start, int count, int position) {
        int taken = Math.min(count, MOST_SAMPLES - length);
        if (taken > 0) {
            if (length + taken > samples.length) {
                samples = Arrays.copyOf(samples, Math.max(length + taken, samples.length * 2));
            }
            System.arraycopy(from, start, samples, length, taken);
            playedAt.put(length, position);
            length += taken;
        }
    }

    /** All pieces in one. */
    public short[] samples() {
        return Arrays.copyOf(samples, length);
    }

    /** When a sample of {@link #samples()} was played, as a position of the call. */
    int playedAt(int index) {
        var piece = playedAt.floorEntry(index);
        return piece == null ? index : piece.getValue() + index - piece.getKey();
    }
}
