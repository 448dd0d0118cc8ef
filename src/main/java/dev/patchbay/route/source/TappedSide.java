package dev.patchbay.route.source;

import dev.patchbay.media.AgentCall;
import dev.patchbay.media.MediaFrame.Leg;
import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import java.util.Arrays;

/** One side of a tapped call: mu-law goes in piece by piece, PCM comes out in chunks of one length. For one thread. */
final class TappedSide {

    /** Takes what has come together. */
    @FunctionalInterface
    interface Out {

        /**
         * @param pcm 16-bit little-endian
         * @param at ms since the call's media stream began, of the piece that the first sample is of
         * @param last whether this side says nothing more; then {@code pcm} may be empty
         */
        void chunk(TappedSide side, byte[] pcm, long at, boolean last);
    }

    private final AgentCall call;
    private final Leg leg;
    private final MediaCodec codec;
    private final byte[] chunk;
    private byte[] converted = new byte[0];
    private int filled;
    private long at;

    TappedSide(AgentCall call, Leg leg, AudioFormat format, int chunkMs) {
        this.call = call;
        this.leg = leg;
        codec = new MediaCodec(AudioFormat.ULAW_8000, format);
        chunk = new byte[format.sampleRate() * chunkMs / 1000 * format.bytesPerSample()];
    }

    AgentCall call() {
        return call;
    }

    Leg leg() {
        return leg;
    }

    void take(byte[] mulaw, long pieceAt, Out out) {
        int needed = codec.maxOutput(mulaw.length);
        if (converted.length < needed) {
            converted = new byte[needed];
        }
        int length = codec.convert(mulaw, 0, mulaw.length, converted, 0);
        for (int taken = 0; taken < length; ) {
            if (filled == 0) {
                at = pieceAt;
            }
            int part = Math.min(chunk.length - filled, length - taken);
            System.arraycopy(converted, taken, chunk, filled, part);
            filled += part;
            taken += part;
            if (filled == chunk.length) {
                give(false, out);
            }
        }
    }

    /** Gives what is there of a chunk that is not full. */
    void rest(boolean last, Out out) {
        if (last || filled > 0) {
            give(last, out);
        }
    }

    private void give(boolean last, Out out) {
        byte[] pcm = Arrays.copyOf(chunk, filled);
        filled = 0;
        out.chunk(this, pcm, at, last);
    }
}
