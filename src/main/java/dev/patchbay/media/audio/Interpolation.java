package dev.patchbay.media.audio;

/** To an integer multiple of the rate: {@code up} outputs for every sample, one of them the sample itself, delayed. */
final class Interpolation implements RateConversion {
    private final int up;
    private final int delayedPhase;
    private final int delayedAt;
    private final float[][][] branches;
    private final DelayLine line = new DelayLine(BLOCK);
    private final DelayLine[] lines = {line};
    private final float[] sums = new float[line.samples.length];

    Interpolation(FilterBank bank) {
        up = bank.up;
        delayedPhase = bank.delay % up;
        delayedAt = DelayLine.HISTORY - bank.delay / up;
        branches = new float[up][][];
        for (int phase = 0; phase < up; phase++) {
            branches[phase] = new float[][] {bank.branches[phase]};
        }
    }

    @Override
    public int block() {
        return BLOCK;
    }

    @Override
    public int convert(short[] in, int from, int length, short[] out, int to) {
        float[] samples = line.samples;
        for (int i = 0; i < length; i++) {
            samples[DelayLine.HISTORY + i] = in[from + i];
        }
        for (int phase = 0; phase < up; phase++) {
            if (phase == delayedPhase) {
                writeDelayed(length, out, to + phase);
            } else {
                DelayLine.convolve(lines, branches[phase], sums, length);
                writeSums(length, out, to + phase);
            }
        }
        line.advance(length);
        return length * up;
    }

    private void writeDelayed(int length, short[] out, int to) {
        float[] samples = line.samples;
        for (int i = 0; i < length; i++) {
            out[to + i * up] = (short) samples[delayedAt + i];
        }
    }

    private void writeSums(int length, short[] out, int to) {
        for (int i = 0; i < length; i++) {
            out[to + i * up] = RateConversion.round(sums[i]);
        }
    }

    @Override
    public void reset() {
        line.clear();
    }
}
