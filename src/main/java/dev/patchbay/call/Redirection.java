package dev.patchbay.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call that goes on is to do next.
 *
 * @param twiml the document that the phone provider is given for it
 * @param agent who talks from then on; null: as before, or nobody
 * @param event the event that it is in the call's story, once the phone provider has taken the document
 * @param data of that event
 */
public record Redirection(String twiml, @Nullable Party agent, String event, Map<String, Object> data) {

    /** An agent, as a call's record names it. */
    public record Party(String provider, String agentId) {}
}
