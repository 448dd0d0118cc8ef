package dev.patchbay.media;

import dev.patchbay.call.MediaFigures;
import java.util.Map;

/**
 * Where a media stream writes down what happened. Called on the event loop, so an implementation hands its work to
 * another thread; the order of one call's entries is kept.
 */
public interface StreamJournal {

    /** An event of the call, such as {@code media-started}; {@code data} carries no texts and no numbers. */
    void event(String type, Map<String, Object> data);

    /** The provider's id of the conversation. */
    void conversation(String providerCallId);

    /** Somebody said something: {@code user} or {@code agent}. */
    void said(String role, String text);

    /** What the caller heard of the agent's last words. */
    void corrected(String original, String corrected);

    /** The stream is over: exactly once, after everything else. */
    void ended(StreamEnd end, MediaFigures figures);
}
