package dev.patchbay.media;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;

/** What a route may do to a call that is talking now. {@code id} is ours or the CallSid. */
public final class LiveCalls {

    private final MediaStreams streams;

    public LiveCalls(MediaStreams streams) {
        this.streams = streams;
    }

    /**
     * Tells the agent something without interrupting it.
     *
     * @throws PatchbayException not found, when the call is not talking to an agent
     */
    public void inform(String id, String text) {
        find(id).sendContext(text);
    }

    /**
     * Says something to the agent as if the caller had.
     *
     * @throws PatchbayException not found, when the call is not talking to an agent
     */
    public void tell(String id, String text) {
        find(id).sendUserMessage(text);
    }

    /**
     * Ends the conversation; the phone provider goes on with its next verb, which hangs up.
     *
     * @throws PatchbayException not found, when the call is not talking to an agent
     */
    public void hangUp(String id) {
        find(id).hangUp(null);
    }

    /** The phone provider is being told to go on with something else; a call that is not talking is none the wiser. */
    public void movesOn(String id) {
        streams.find(id).ifPresent(MediaStream::movesOn);
    }

    private MediaStream find(String id) {
        return streams.find(id)
                .orElseThrow(() -> new PatchbayException(ErrorCategory.NOT_FOUND, null, "Call " + id + " is not live"));
    }
}
