package dev.patchbay.sandbox.caller;

/** Where the recordings of simulated calls go when they are complete. */
@FunctionalInterface
public interface RecordingShelf {

    /**
     * Keeps a recording, as Twilio does for whoever fetches it.
     *
     * @param recordingSid RE and 32 hex digits
     * @param wav both sides, stereo
     */
    void keep(String recordingSid, byte[] wav);
}
