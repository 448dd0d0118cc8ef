package dev.patchbay.media;

import dev.patchbay.media.MediaFrame.Leg;

/**
 * Somebody who listens in on live calls. Called on each call's event loop, between two frames of audio: it must not
 * block, and copies what it wants to keep.
 */
public interface MediaTap {

    /**
     * Audio of one side: mu-law, 8000 Hz. The caller's is what came from the phone, whether an agent listened or not; the
     * agent's is what is on its way to the phone, which comes faster than it is played.
     *
     * @param mulaw valid up to {@code length}, during this call only
     * @param at ms since the call's media stream began
     */
    void heard(AgentCall call, Leg side, byte[] mulaw, int length, long at);

    /** The call's media stream is over. */
    void ended(AgentCall call);
}
