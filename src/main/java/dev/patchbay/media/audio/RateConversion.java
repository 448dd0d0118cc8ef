package dev.patchbay.media.audio;

/**
 * How a {@link Resampler} computes: chosen by the ratio. After {@code n} samples in all it has given
 * {@code ceil(n * up / down)}, and a sample's value depends on the samples before it alone, never on how they were split.
 */
sealed interface RateConversion permits Interpolation, Decimation, RationalConversion {
    /** Telephone frame at 8,000 Hz: blocks are made of as many samples of the lower rate. */
    int BLOCK = 160;

    static RateConversion of(FilterBank bank) {
        if (bank.down == 1) {
            return new Interpolation(bank);
        }
        return bank.up == 1 ? new Decimation(bank) : new RationalConversion(bank);
    }

    /** The most samples that {@link #convert} takes at once. */
    int block();

    /** Takes {@code length} samples, at most {@link #block()}, and returns how many it wrote. */
    int convert(short[] in, int from, int length, short[] out, int to);

    void reset();

    /** Rounds half up and saturates. The bias makes the cast, which cuts towards zero, round down everywhere. */
    static short round(float sample) {
        int rounded = (int) (sample + 32768.5f) - 32768;
        return (short) rounded == rounded ? (short) rounded : rounded < 0 ? Short.MIN_VALUE : Short.MAX_VALUE;
    }
}
