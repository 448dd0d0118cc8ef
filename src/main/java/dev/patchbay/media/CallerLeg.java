package dev.patchbay.media;

/** The caller's side of a media stream: plays mu-law at 8000 Hz. All methods are called on the call's event loop. */
public interface CallerLeg {

    /** Plays whole 20 ms frames (160 bytes each) after what was sent before; the array may be used again. */
    void sendAudio(byte[] mulaw, int length);

    /** Asks to be told ({@link MediaStream#callerHeard}) when everything sent before has been played. */
    void sendMark(String name);

    /** Throws away what was sent and not yet played. */
    void sendClear();

    /** Whether the caller's socket takes no more for now; {@link MediaStream#callerDrained} follows. */
    boolean writeQueueFull();

    /** Closes the socket normally, so that the phone provider goes on with its next verb. */
    void close();
}
