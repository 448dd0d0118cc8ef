package dev.patchbay.media.audio;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The taps of one change of sample rate by {@code up / down}: a linear-phase low-pass filter of odd length, a sinc under a
 * Kaiser window, cut into polyphase branches. Its 6 dB point is half the lower of the two rates, its transition band 15 % of
 * that to either side, its stop band at -72 dB. Designed once per ratio and shared: nobody writes to it.
 */
final class FilterBank {
    /** Taps of a branch when the ratio is an integer, and the fewest of any: what a transition of 15 % takes. */
    static final int BRANCH = 32;

    /** Finest ratio taken; the telephone's is 441/160, for 22,050 Hz. */
    private static final int FINEST = 480;

    /** Kaiser's shape parameter: the best stop band that {@link #BRANCH} taps give. */
    private static final double BETA = 7.25;

    private static final Map<Long, FilterBank> DESIGNED = new ConcurrentHashMap<>();

    static {
        for (AudioFormat format : AudioFormat.values()) {
            between(8_000, format.sampleRate());
            between(format.sampleRate(), 8_000);
        }
    }

    final int up;
    final int down;

    /** Half the filter's length, in samples at the rates' least common multiple. */
    final int delay;

    /**
     * Taps from the oldest sample's to the newest's, a multiple of four, filled up with zeros. One branch for each of
     * {@code up} output phases; where {@code up} is 1, one for each of {@code down} input phases.
     */
    final float[][] branches;

    private FilterBank(int up, int down) {
        this.up = up;
        this.down = down;
        delay = up == down ? 0 : (BRANCH - 1) * Math.max(up, down) / 2;
        double[] taps = lowPass(up, down, delay);
        int stride = up == 1 ? down : up;
        int longest = (taps.length + stride - 1) / stride;
        int length = Math.max(BRANCH, (longest + 3) / 4 * 4);
        branches = new float[stride][length];
        for (int phase = 0; phase < stride; phase++) {
            int first = up == 1 ? -phase : phase;
            for (int age = 0; age < length; age++) {
                int tap = first + stride * age;
                branches[phase][length - 1 - age] = tap >= 0 && tap < taps.length ? (float) taps[tap] : 0;
            }
        }
    }

    /**
     * @throws IllegalArgumentException when a rate is not positive or the ratio has a term above 480
     */
    static FilterBank between(int fromHz, int toHz) {
        if (fromHz <= 0 || toHz <= 0) {
            throw new IllegalArgumentException("sample rates must be positive: " + fromHz + " Hz to " + toHz + " Hz");
        }
        int common = gcd(fromHz, toHz);
        int up = toHz / common;
        int down = fromHz / common;
        if (Math.max(up, down) > FINEST) {
            throw new IllegalArgumentException(
                    "no filter for " + fromHz + " Hz to " + toHz + " Hz: " + up + "/" + down);
        }
        return DESIGNED.computeIfAbsent(((long) up << 32) | down, ratio -> new FilterBank(up, down));
    }

    private static double[] lowPass(int up, int down, int half) {
        double[] taps = new double[2 * half + 1];
        double cutoff = 1.0 / Math.max(up, down);
        for (int i = -half; i <= half; i++) {
            double place = half == 0 ? 0 : (double) i / half;
            double window = bessel(BETA * Math.sqrt(1 - place * place)) / bessel(BETA);
            double angle = Math.PI * cutoff * i;
            double sinc = i == 0 ? 1 : Math.sin(angle) / angle;
            taps[half + i] = up * cutoff * sinc * window;
        }
        return taps;
    }

    /** The modified Bessel function of the first kind, order 0. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
