package dev.patchbay.sandbox.caller;

import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MuLaw;
import dev.patchbay.sandbox.speech.WavFile;
import java.util.Arrays;

/** What a caller says: mu-law at 8 kHz in frames of 20 ms, silence after its end. */
public final class CallerAudio {
    /** Bytes and samples of one 20 ms frame. */
    public static final int FRAME = AudioFormat.ULAW_8000.bytesPer20Ms();
    /** The code of silence. */
    static final byte SILENCE = (byte) 0xFF;

    private final byte[] codes;

    private CallerAudio(byte[] codes) {
        this.codes = codes;
    }

    public static CallerAudio of(WavFile wav) {
        return ofSamples(wav.samplesAt(AudioFormat.ULAW_8000.sampleRate()));
    }

    /**
     * Samples that are not coded yet.
     *
     * @param samples 16-bit, 8 kHz
     */
    public static CallerAudio ofSamples(short[] samples) {
        byte[] codes = new byte[samples.length];
        MuLaw.encode(samples, 0, samples.length, codes, 0);
        return new CallerAudio(codes);
    }

    /**
     * Frames sent as they are, byte by byte.
     *
     * @param codes mu-law, 8 kHz
     */
    public static CallerAudio ofMuLaw(byte[] codes) {
        return new CallerAudio(codes.clone());
    }

    /** A caller who says nothing for so long. */
    public static CallerAudio silence(long millis) {
        byte[] codes = new byte[(int) (millis * FRAME / 20)];
        Arrays.fill(codes, SILENCE);
        return new CallerAudio(codes);
    }

    /** 20 ms of mu-law; silence before the first frame and after the last. */
    byte[] frame(int index) {
        byte[] frame = new byte[FRAME];
        Arrays.fill(frame, SILENCE);
        int from = index * FRAME;
        if (index >= 0 && from < codes.length) {
            System.arraycopy(codes, from, frame, 0, Math.min(FRAME, codes.length - from));
        }
        return frame;
    }

    /** The beginning as samples, 16-bit, 8 kHz. */
    public short[] samples(long millis) {
        int length = (int) Math.min(codes.length, millis * FRAME / 20);
        short[] samples = new short[length];
        MuLaw.decode(codes, 0, length, samples, 0);
        return samples;
    }

    /** Whether nothing is said. */
    boolean isSilent() {
        for (short sample : samples(millis())) {
            if (sample != 0) {
                return false;
            }
        }
        return true;
    }

    public long millis() {
        return codes.length * 20L / FRAME;
    }
}
