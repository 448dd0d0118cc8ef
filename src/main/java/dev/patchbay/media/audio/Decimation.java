package dev.patchbay.media.audio;

/**
 * To an integer fraction of the rate. A period is the {@code down} samples for one output; a line holds every
 * {@code down}-th sample. The first sample of a period completes an output, the others wait for the next one's.
 */
final class Decimation implements RateConversion {
    private final int down;

    /** All lines in the order of a period, and those that meet more than one tap. */
    private final DelayLine[] lines;

    private final DelayLine[] filtered;
    private final float[][] branches;

    /** The line that meets the filter's middle tap and, as all others of its branch are zero, only that. */
    private final DelayLine delayed;

    private final int delayedAt;
    private final float delayedGain;
    private final float[] sums;

    /** Which sample of a period comes next. */
    private int next;

    Decimation(FilterBank bank) {
        down = bank.down;
        lines = new DelayLine[down];
        filtered = new DelayLine[down - 1];
        branches = new float[down - 1][];
        int middle = Math.floorMod(-bank.delay, down);
        for (int i = 0, j = 0; i < down; i++) {
            lines[i] = new DelayLine(BLOCK);
            if (i != middle) {
                filtered[j] = lines[i];
                branches[j++] = bank.branches[i];
            }
        }
        delayed = lines[middle];
        delayedAt = DelayLine.HISTORY - (bank.delay + middle) / down;
        delayedGain = bank.branches[middle][delayedAt];
        sums = new float[delayed.samples.length];
    }

    @Override
    public int block() {
        return BLOCK * down;
    }

    @Override
    public int convert(short[] in, int from, int length, short[] out, int to) {
        int periods = 0;
        for (int i = 0; i < down; i++) {
            int line = (next + i) % down;
            int taken = load(line, in, from + i, from + length);
            periods = line == 0 ? taken : periods;
        }
        next = (next + length) % down;
        if (periods > 0) {
            DelayLine.convolve(filtered, branches, sums, periods);
            write(periods, out, to);
            for (DelayLine line : lines) {
                line.advance(periods);
            }
        }
        return periods;
    }

    /** New samples follow the history, but what is left of a period begun before belongs to the history's last place. */
    private int load(int line, short[] in, int from, int end) {
        float[] samples = lines[line].samples;
        int at = next > 0 && line >= next ? DelayLine.HISTORY - 1 : DelayLine.HISTORY;
        int taken = 0;
        for (int i = from; i < end; i += down) {
            samples[at + taken++] = in[i];
        }
        return taken;
    }

    private void write(int periods, short[] out, int to) {
        float[] samples = delayed.samples;
        for (int i = 0; i < periods; i++) {
            out[to + i] = RateConversion.round(sums[i] + delayedGain * samples[delayedAt + i]);
        }
    }

    @Override
    public void reset() {
        for (DelayLine line : lines) {
            line.clear();
        }
        next = 0;
    }
}
