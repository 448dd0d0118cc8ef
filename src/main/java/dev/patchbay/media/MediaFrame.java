package dev.patchbay.media;

/**
 * Audio on its way through a media route: the body of the exchange.
 *
 * <p>One object per call and direction, used again for every frame, so that a frame costs no memory. It is therefore
 * valid only while its exchange is being processed: who wants to keep it (a wire tap, a recording) copies
 * {@link #data()} up to {@link #length()}.
 */
public final class MediaFrame {

    /** The side that a frame comes from. */
    public enum Leg {
        /** The phone: mu-law, 8000 Hz. */
        CALLER,
        /** The voice agent: the format that it named when the conversation began. */
        AGENT
    }

    private final MediaStream stream;
    private final Leg from;
    private byte[] data = new byte[0];
    private int length;

    MediaFrame(MediaStream stream, Leg from) {
        this.stream = stream;
        this.from = from;
    }

    public MediaStream stream() {
        return stream;
    }

    public Leg from() {
        return from;
    }

    /** Audio from index 0 to {@link #length()}; what stands behind is left over from earlier frames. */
    public byte[] data() {
        return data;
    }

    /** Bytes. */
    public int length() {
        return length;
    }

    /** Replaces the audio; the array is kept, not copied. */
    public void audio(byte[] newData, int newLength) {
        this.data = newData;
        this.length = newLength;
    }
}
