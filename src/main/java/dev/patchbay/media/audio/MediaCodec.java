package dev.patchbay.media.audio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Converts one direction of one call from one {@link AudioFormat} to another, chunk by chunk, keeping what the next chunk
 * needs. Equal formats pass byte for byte. Otherwise PCM counts in samples of two bytes, and an odd byte at the end of a
 * chunk waits for the next. Works in blocks of 20 ms, so that a large chunk takes no more memory than a frame.
 * Not thread-safe; allocates nothing after construction.
 */
public final class MediaCodec {
    private static final int NONE = -1;

    private final AudioFormat from;
    private final AudioFormat to;
    private final @Nullable Resampler resampler;
    private final short[] taken;
    private final short[] made;
    private int oddByte = NONE;

    public MediaCodec(AudioFormat from, AudioFormat to) {
        this.from = from;
        this.to = to;
        resampler = from.sampleRate() == to.sampleRate() ? null : new Resampler(from.sampleRate(), to.sampleRate());
        taken = new short[from.sampleRate() / 50];
        made = resampler == null ? taken : new short[resampler.maxOutput(taken.length)];
    }

    /** Whether the formats are equal, so that a caller may as well hand the chunk on without this codec. */
    public boolean isPassthrough() {
        return from == to;
    }

    /** The most bytes that {@link #convert} can write for that many, whatever came before. */
    public int maxOutput(int inputBytes) {
        if (isPassthrough()) {
            return inputBytes;
        }
        int samples = from.bytesPerSample() == 1 ? inputBytes : (int) ((inputBytes + 1L) / 2);
        return Math.multiplyExact(resampler == null ? samples : resampler.maxOutput(samples), to.bytesPerSample());
    }

    /**
     * Takes {@code length} bytes at {@code start} and writes what they complete at {@code at}, in another array.
     *
     * @return how many bytes were written, at most {@code maxOutput(length)}, for which {@code out} must have room
     * @throws IndexOutOfBoundsException when either array is too short; nothing has been taken then
     */
    public int convert(byte[] in, int start, int length, byte[] out, int at) {
        Objects.checkFromIndexSize(start, length, in.length);
        Objects.checkFromIndexSize(at, maxOutput(length), out.length);
        if (isPassthrough()) {
            System.arraycopy(in, start, out, at, length);
            return length;
        }
        return from == AudioFormat.ULAW_8000
                ? convertMuLaw(in, start, start + length, out, at)
                : convertPcm(in, start, start + length, out, at);
    }

    /** Forgets what came before, an odd byte included: the next byte begins a stream. */
    public void reset() {
        oddByte = NONE;
        if (resampler != null) {
            resampler.reset();
        }
    }

    private int convertMuLaw(byte[] in, int start, int end, byte[] out, int at) {
        int written = 0;
        for (int read = start; read < end; read += taken.length) {
            int samples = Math.min(taken.length, end - read);
            MuLaw.decode(in, read, samples, taken, 0);
            written += give(samples, out, at + written);
        }
        return written;
    }

    private int convertPcm(byte[] in, int start, int end, byte[] out, int at) {
        int read = start;
        int written = 0;
        if (oddByte != NONE && read < end) {
            taken[0] = (short) (oddByte | (in[read++] << 8));
            oddByte = NONE;
            written = give(1, out, at);
        }
        while (end - read > 1) {
            int samples = Math.min(taken.length, (end - read) / 2);
            Pcm.decode(in, read, samples, taken, 0);
            read += 2 * samples;
            written += give(samples, out, at + written);
        }
        if (read < end) {
            oddByte = in[read] & 0xFF;
        }
        return written;
    }

    private int give(int samples, byte[] out, int at) {
        int count = resampler == null ? samples : resampler.resample(taken, 0, samples, made, 0);
        if (to == AudioFormat.ULAW_8000) {
            MuLaw.encode(made, 0, count, out, at);
        } else {
            Pcm.encode(made, 0, count, out, at);
        }
        return count * to.bytesPerSample();
    }
}
