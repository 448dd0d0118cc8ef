package dev.patchbay.media.audio;

import java.util.Arrays;

/**
 * The samples that a polyphase branch of 32 taps still needs, and room for a block of new ones after them. Window {@code i},
 * which meets the taps for the {@code i}-th new sample, is the 32 samples from index {@code i} on.
 *
 * <p>JDK 17's compiler turns a loop into vector instructions only if it reads and writes all arrays at the same index, for it
 * cannot know that they do not overlap, and only up to five arrays. So {@link #convolve} keeps three copies of the line, each
 * one sample further, which gives four taps at one index; between two such groups of taps it moves the sums by four places.
 */
final class DelayLine {
    static final int HISTORY = FilterBank.BRANCH - 1;

    private static final int GROUP = 4;

    final float[] samples;
    private final float[] further1;
    private final float[] further2;
    private final float[] further3;

    DelayLine(int block) {
        samples = new float[HISTORY + block];
        further1 = new float[samples.length];
        further2 = new float[samples.length];
        further3 = new float[samples.length];
    }

    /**
     * Fills {@code sums} with one value per window: the products of every line with its branch, added up. The order of the
     * additions does not depend on how many windows there are, so neither does the result.
     */
    static void convolve(DelayLine[] lines, float[][] branches, float[] sums, int windows) {
        int reach = windows + FilterBank.BRANCH - GROUP;
        for (DelayLine line : lines) {
            line.copyFurther(reach);
        }
        Arrays.fill(sums, 0, reach, 0);
        for (int tap = FilterBank.BRANCH - GROUP; ; tap -= GROUP) {
            for (int i = 0; i < lines.length; i++) {
                lines[i].addProducts(branches[i], tap, sums, windows + tap);
            }
            if (tap == 0) {
                return;
            }
            System.arraycopy(sums, GROUP, sums, 0, windows + tap - GROUP);
        }
    }

    /** Drops the oldest samples: the newest {@link #HISTORY} of those up to the last window stay. */
    void advance(int windows) {
        System.arraycopy(samples, windows, samples, 0, HISTORY);
    }

    void clear() {
        Arrays.fill(samples, 0);
    }

    private void copyFurther(int length) {
        System.arraycopy(samples, 1, further1, 0, length);
        System.arraycopy(samples, 2, further2, 0, length);
        System.arraycopy(samples, 3, further3, 0, length);
    }

    private void addProducts(float[] taps, int tap, float[] sums, int length) {
        float tap0 = taps[tap];
        float tap1 = taps[tap + 1];
        float tap2 = taps[tap + 2];
        float tap3 = taps[tap + 3];
        float[] line0 = samples;
        float[] line1 = further1;
        float[] line2 = further2;
        float[] line3 = further3;
        for (int i = 0; i < length; i++) {
            sums[i] += tap0 * line0[i] + tap1 * line1[i] + tap2 * line2[i] + tap3 * line3[i];
        }
    }
}
