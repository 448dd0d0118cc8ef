package dev.patchbay.sandbox.speech;

/** Finds a piece of sound in a longer one, whatever its loudness. Pure functions over samples of one rate. */
public final class CrossCorrelation {
    /** A window this much quieter than the reference (power) is silence or noise, not the reference. */
    private static final double LEAST_POWER = 0.01;

    private CrossCorrelation() {}

    /**
     * Where the reference fits best.
     *
     * @param lag samples from the start of the signal to the start of the reference
     * @param correlation 1 = the same shape, 0 = nothing in common
     */
    public record Match(int lag, double correlation) {}

    /** The best match of the whole reference in the signal; correlation 0 when either is silent. */
    public static Match find(short[] reference, short[] signal) {
        double[] products = products(reference, signal);
        double referenceEnergy = energy(reference, 0, reference.length);
        double windowEnergy = energy(signal, 0, Math.min(reference.length, signal.length));
        Match best = new Match(0, 0);
        for (int lag = 0; lag < signal.length; lag++) {
            if (windowEnergy > LEAST_POWER * referenceEnergy && referenceEnergy > 0) {
                double correlation = products[lag] / Math.sqrt(referenceEnergy * windowEnergy);
                if (correlation > best.correlation()) {
                    best = new Match(lag, correlation);
                }
            }
            windowEnergy -= square(signal[lag]);
            if (lag + reference.length < signal.length) {
                windowEnergy += square(signal[lag + reference.length]);
            }
        }
        return best;
    }

    /** How well {@code length} samples of one sound at one place match those of another at another place. */
    public static double at(short[] a, int fromA, short[] b, int fromB, int length) {
        if (fromB < 0 || fromB + length > b.length || fromA + length > a.length) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) a[fromA + i] * b[fromB + i];
        }
        double power = energy(a, fromA, length) * energy(b, fromB, length);
        return power == 0 ? 0 : sum / Math.sqrt(power);
    }

    /** Root mean square of a stretch of samples. */
    public static double rms(short[] samples, int from, int length) {
        return Math.sqrt(energy(samples, from, length) / length);
    }

    /** By Fourier transform: minutes of sound would take minutes of multiplying otherwise. */
    private static double[] products(short[] reference, short[] signal) {
        int size = Integer.highestOneBit(Math.max(1, reference.length + signal.length)) * 2;
        double[] re = new double[size];
        double[] im = new double[size];
        double[] otherRe = new double[size];
        double[] otherIm = new double[size];
        for (int i = 0; i < signal.length; i++) {
            re[i] = signal[i];
        }
        for (int i = 0; i < reference.length; i++) {
            otherRe[i] = reference[i];
        }
        transform(re, im);
        transform(otherRe, otherIm);
        for (int i = 0; i < size; i++) {
            double product = re[i] * otherRe[i] + im[i] * otherIm[i];
            // Conjugated, so that a second forward transform is the inverse one.
            im[i] = -(im[i] * otherRe[i] - re[i] * otherIm[i]);
            re[i] = product;
        }
        transform(re, im);
        for (int i = 0; i < size; i++) {
            re[i] /= size;
        }
        return re;
    }

    /** Radix-2 fast Fourier transform in place. */
    private static void transform(double[] re, double[] im) {
        int size = re.length;
        for (int i = 1, j = 0; i < size; i++) {
            int bit = size >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        for (int length = 2; length <= size; length <<= 1) {
            int half = length / 2;
            for (int k = 0; k < half; k++) {
                double angle = -2 * Math.PI * k / length;
                double cos = Math.cos(angle);
                double sin = Math.sin(angle);
                for (int i = k; i < size; i += length) {
                    double oddRe = re[i + half] * cos - im[i + half] * sin;
                    double oddIm = re[i + half] * sin + im[i + half] * cos;
                    re[i + half] = re[i] - oddRe;
                    im[i + half] = im[i] - oddIm;
                    re[i] += oddRe;
                    im[i] += oddIm;
                }
            }
        }
    }

    private static void swap(double[] values, int i, int j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
    }

    private static double energy(short[] samples, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += square(samples[i]);
        }
        return sum;
    }

    private static double square(short sample) {
        return (double) sample * sample;
    }
}
