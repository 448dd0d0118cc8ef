package dev.patchbay.sandbox.caller;

/** Where the recordings of simulated calls go when they are complete. */
@FunctionalInterface
public interface RecordingShelf {

    /**
     * Keeps a recording, as Twilio does for whoever fetches it.
     *
     * @param recordingSid RE and 32 hex digits
     * @param wav both sides, stereo; of a voice message the caller only, mono
     */
    void keep(String recordingSid, byte[] wav);

    /**
     * What is said in a voice message.
     *
     * @param samples 16-bit, 8 kHz
     * @return empty when nobody understands it
     */
    default String words(short[] samples) {
        return "";
    }
}
