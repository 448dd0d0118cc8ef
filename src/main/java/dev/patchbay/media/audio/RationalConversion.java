package dev.patchbay.media.audio;

import java.util.Arrays;

/** By a ratio of two integers: every output has the branch of its phase, so it is computed by itself. */
final class RationalConversion implements RateConversion {
    private final FilterBank bank;
    private final int history;
    private final float[] line;

    /** How many samples after the last one taken the next output's newest sample comes, and the output's phase. */
    private int next;

    private int phase;

    RationalConversion(FilterBank bank) {
        this.bank = bank;
        history = bank.branches[0].length - 1;
        line = new float[history + BLOCK];
    }

    @Override
    public int block() {
        return BLOCK;
    }

    @Override
    public int convert(short[] in, int from, int length, short[] out, int to) {
        for (int i = 0; i < length; i++) {
            line[history + i] = in[from + i];
        }
        int written = 0;
        for (; next < length; written++) {
            out[to + written] = RateConversion.round(product(bank.branches[phase], next));
            phase += bank.down;
            next += phase / bank.up;
            phase %= bank.up;
        }
        next -= length;
        System.arraycopy(line, length, line, 0, history);
        return written;
    }

    /** Four sums, because each addition to one sum would wait for the addition before it. */
    private float product(float[] taps, int at) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int i = 0; i < taps.length; i += 4) {
            sum0 += taps[i] * line[at + i];
            sum1 += taps[i + 1] * line[at + i + 1];
            sum2 += taps[i + 2] * line[at + i + 2];
            sum3 += taps[i + 3] * line[at + i + 3];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    @Override
    public void reset() {
        Arrays.fill(line, 0);
        next = 0;
        phase = 0;
    }
}
