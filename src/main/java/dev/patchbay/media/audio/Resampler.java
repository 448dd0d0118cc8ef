package dev.patchbay.media.audio;

import java.util.Objects;

/**
 * Changes the sample rate of one stream of 16-bit samples, keeping its state between calls, so that any split of the stream
 * into chunks gives the same samples. A linear-phase FIR filter in polyphase form: flat to 3,400 Hz within 0.1 dB, 6 dB down
 * at 4,000 Hz, images and aliases from 4,600 Hz on below -70 dB, where the lower rate is 8,000 Hz; in proportion elsewhere.
 *
 * <p>After {@code n} samples in all, exactly {@code ceil(n * toHz / fromHz)} have come out: none is lost or added however
 * long the stream, and the delay stays {@link #delayMs()}. Samples that would overflow saturate. Equal rates copy. Not thread-safe;
 * allocates nothing after construction.
 */
public final class Resampler {
    private final FilterBank bank;
    private final int fromHz;
    private final RateConversion conversion;

    /**
     * @throws IllegalArgumentException when a rate is not positive or the two rates' ratio needs terms above 480
     */
    public Resampler(int fromHz, int toHz) {
        this.fromHz = fromHz;
        bank = FilterBank.between(fromHz, toHz);
        conversion = RateConversion.of(bank);
    }

    /** The most samples that {@link #resample} can write for that many, whatever came before. */
    public int maxOutput(int inputSamples) {
        return Math.toIntExact(((long) inputSamples * bank.up + bank.down - 1) / bank.down);
    }

    /**
     * Takes {@code length} samples at {@code from} and writes what they complete at {@code to}.
     *
     * @return how many samples were written, at most {@code maxOutput(length)}, for which {@code out} must have room
     * @throws IndexOutOfBoundsException when either array is too short; nothing has been taken then
     */
    public int resample(short[] in, int from, int length, short[] out, int to) {
        Objects.checkFromIndexSize(from, length, in.length);
        Objects.checkFromIndexSize(to, maxOutput(length), out.length);
        int written = 0;
        for (int taken = 0; taken < length; ) {
            int block = Math.min(conversion.block(), length - taken);
            written += conversion.convert(in, from + taken, block, out, to + written);
            taken += block;
        }
        return written;
    }

    /** Forgets what came before: the next sample begins a stream. */
    public void reset() {
        conversion.reset();
    }

    /** The filter's delay at every frequency, ms. */
    public double delayMs() {
        return 1_000.0 * bank.delay / bank.up / fromHz;
    }
}
