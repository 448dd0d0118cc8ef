package dev.patchbay.sandbox.speech;

import java.util.Arrays;
import java.util.Optional;

/**
 * How a caller's own speech came back from an agent that repeats it, measured on the sound alone (8 kHz).
 *
 * @param delayMillis from the moment the speech was sent to the moment it was first heard
 * @param frames 20 ms frames of voiced speech that were sent in the first minute; the rest is not counted
 * @param lost frames of them that never came back
 * @param late frames that were played more than 20 ms later than {@code delayMillis}
 */
public record Echo(double delayMillis, int frames, int lost, int late) {
    private static final int PER_MILLI = 8;
    private static final int FRAME = 20 * PER_MILLI;
    private static final int REFERENCE = 25 * FRAME;
    private static final int MOST_REFERENCES = 8;
    private static final int LONGEST_DELAY = 20_000 * PER_MILLI;
    private static final int LONGEST_LOSS = 500 * PER_MILLI;
    private static final int MOST_COUNTED = 60_000 * PER_MILLI;
    private static final double AUDIBLE_RMS = 300;
    private static final int NOWHERE = Integer.MIN_VALUE;
    private static final double SAME = 0.75;
    private static final double SURELY_SAME = 0.9;

    /** Empty when nothing was said, or what was heard does not contain it within 20 s. */
    public static Optional<Echo> find(short[] said, Heard heard) {
        short[] sent = voiced(said);
        short[] back = voiced(heard.samples());
        int references = 0;
        for (int at = 0; at + REFERENCE <= sent.length && references < MOST_REFERENCES; ) {
            if (CrossCorrelation.rms(sent, at, FRAME) < AUDIBLE_RMS) {
                at += FRAME;
                continue;
            }
            references++;
            var match = CrossCorrelation.find(Arrays.copyOfRange(sent, at, at + REFERENCE), back);
            int delay = heard.playedAt(match.lag()) - at;
            if (match.correlation() >= SAME && delay >= 0 && delay <= LONGEST_DELAY) {
                return Optional.of(count(sent, back, heard, match.lag() - at, delay));
            }
            // Part of this half second may be lost: the next one tells as well.
            at += REFERENCE;
        }
        return Optional.empty();
    }

    private static Echo count(short[] sent, short[] back, Heard heard, int firstLag, int firstDelay) {
        int frames = 0;
        int lost = 0;
        int late = 0;
        int lag = firstLag;
        for (int at = 0; at + FRAME <= Math.min(sent.length, MOST_COUNTED); at += FRAME) {
            if (CrossCorrelation.rms(sent, at, FRAME) < AUDIBLE_RMS) {
                continue;
            }
            frames++;
            int found = best(sent, back, at, FRAME, lag - PER_MILLI, lag + PER_MILLI, SAME);
            if (found == NOWHERE) {
                // A loss shifts all that follows. One frame of a vowel is like the next, so three must fit.
                found = best(sent, back, at, 3 * FRAME, lag - LONGEST_LOSS, lag + LONGEST_LOSS, SURELY_SAME);
            }
            if (found == NOWHERE) {
                lost++;
            } else {
                lag = found;
                late += heard.playedAt(at + lag) - at > firstDelay + FRAME ? 1 : 0;
            }
        }
        return new Echo(firstDelay / (double) PER_MILLI, frames, lost, late);
    }

    /** The lag at which a stretch of speech fits best; {@link #NOWHERE} when none fits well enough. */
    private static int best(short[] sent, short[] back, int at, int length, int from, int to, double enough) {
        int best = NOWHERE;
        double most = enough;
        for (int lag = from; lag <= to; lag++) {
            double correlation = CrossCorrelation.at(sent, at, back, at + lag, length);
            if (correlation >= most) {
                best = lag;
                most = correlation;
            }
        }
        return best;
    }

    /**
     * The speech below about 1 kHz. Above it, half a sample of delay, as resampling has it, makes the same sound look
     * like another one.
     */
    private static short[] voiced(short[] samples) {
        short[] smooth = new short[samples.length];
        for (int i = 3; i < samples.length; i++) {
            smooth[i] = (short) ((samples[i] + samples[i - 1] + samples[i - 2] + samples[i - 3]) / 4);
        }
        return smooth;
    }
}
