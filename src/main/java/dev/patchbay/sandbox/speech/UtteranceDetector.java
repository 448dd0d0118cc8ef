package dev.patchbay.sandbox.speech;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Cuts a stream of samples into utterances by loudness, as a stand-in for a recogniser's end-of-speech detection.
 * An utterance begins with 60 ms of sound and ends with 600 ms of quiet, or after 30 s. Not thread-safe.
 */
public final class UtteranceDetector {
    private static final int FRAME_MILLIS = 20;
    private static final double AUDIBLE_RMS = 300;
    private static final int FRAMES_TO_START = 3;
    private static final int FRAMES_BEFORE = 10;
    private static final int FRAMES_TO_END = 600 / FRAME_MILLIS;
    private static final int FRAMES_AFTER = 5;
    private static final int MOST_FRAMES = 30_000 / FRAME_MILLIS;

    /** What the detector tells. */
    public interface Listener {
        /** The speaker has begun. */
        void started();

        /** The speaker has finished; samples at the detector's rate, 200 ms before and 100 ms after included. */
        void ended(short[] utterance);
    }

    private final Listener listener;
    private final short[] frame;
    private int filled;
    private boolean speaking;
    private int audibleFrames;
    private int quietFrames;
    private final Deque<short[]> frames = new ArrayDeque<>();

    /** @param sampleRate Hz */
    public UtteranceDetector(int sampleRate, Listener listener) {
        this.listener = listener;
        this.frame = new short[sampleRate * FRAME_MILLIS / 1000];
    }

    /** Hears the next samples, any number of them. */
    public void hear(short[] samples, int length) {
        for (int i = 0; i < length; i++) {
            frame[filled++] = samples[i];
            if (filled == frame.length) {
                filled = 0;
                hear(frame.clone());
            }
        }
    }

    private void hear(short[] heard) {
        boolean audible = CrossCorrelation.rms(heard, 0, heard.length) >= AUDIBLE_RMS;
        frames.addLast(heard);
        audibleFrames = audible ? audibleFrames + 1 : 0;
        quietFrames = audible ? 0 : quietFrames + 1;
        if (!speaking) {
            if (frames.size() > FRAMES_BEFORE + FRAMES_TO_START) {
                frames.removeFirst();
            }
            if (audibleFrames >= FRAMES_TO_START) {
                speaking = true;
                listener.started();
            }
        } else if (quietFrames >= FRAMES_TO_END || frames.size() >= MOST_FRAMES) {
            speaking = false;
            audibleFrames = 0;
            listener.ended(utterance());
        }
    }

    private short[] utterance() {
        int surplus = Math.max(0, quietFrames - FRAMES_AFTER);
        short[] utterance = new short[(frames.size() - surplus) * frame.length];
        int at = 0;
        for (short[] part : frames) {
            if (at < utterance.length) {
                System.arraycopy(part, 0, utterance, at, part.length);
                at += part.length;
            }
        }
        frames.clear();
        return Arrays.copyOf(utterance, at);
    }
}
