package dev.patchbay.media.audio;

/** Tones, and what is left of them: measured over one second at whole Hz, so that every tone is exactly one spectral line. */
final class Tone {
    /** A spectral line: what {@code amplitude * cos(2 pi f t + phase)} gives. */
    record Line(double amplitude, double phase) {}

    private Tone() {}

    static short[] sine(int hz, double amplitude, int rate, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            double turns = (double) ((long) hz * i % rate) / rate;
            tone[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * turns));
        }
        return tone;
    }

    /** The line at {@code hz} in the second that begins at sample {@code from}. */
    static Line line(short[] samples, int from, int rate, int hz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < rate; i++) {
            double angle = 2 * Math.PI * ((long) hz * i % rate) / rate;
            re += samples[from + i] * Math.cos(angle);
            im -= samples[from + i] * Math.sin(angle);
        }
        return new Line(2 * Math.hypot(re, im) / rate, Math.atan2(im, re));
    }

    /** Mean square of the second that begins at sample {@code from}. */
    static double power(short[] samples, int from, int rate) {
        double sum = 0;
        for (int i = 0; i < rate; i++) {
            sum += (double) samples[from + i] * samples[from + i];
        }
        return sum / rate;
    }

    /** Signal at {@code hz} to all else in that second, dB. */
    static double sinad(short[] samples, int from, int rate, int hz) {
        double amplitude = line(samples, from, rate, hz).amplitude();
        double signal = amplitude * amplitude / 2;
        return 10 * Math.log10(signal / Math.max(1e-9, power(samples, from, rate) - signal));
    }

    static double dB(double amplitudeRatio) {
        return 20 * Math.log10(amplitudeRatio);
    }
}
