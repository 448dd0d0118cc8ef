package dev.patchbay.call;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that we are about to place. What the phone provider does when it is answered is either {@code twiml} or {@code
 * url}; neither is known until the agent's provider has said so.
 *
 * @param id the id that the call's record will have; it travels in the URLs that the provider asks
 * @param to E.164
 * @param from one of our numbers, E.164
 * @param agentId the agent that talks; null when the TwiML says it all
 * @param context what the agent is told, beside the customer's fields
 * @param twiml a document; null when there is a URL
 * @param url where the provider fetches the document; null when there is one
 * @param machineDetection {@code Enable} or {@code DetectMessageEnd}; null: nobody asks who picked up
 * @param timeLimit seconds after which the provider hangs up; null: its own limit
 */
public record Placement(
        String id,
        String to,
        String from,
        @Nullable String agentId,
        Map<String, Object> context,
        @Nullable String twiml,
        @Nullable String url,
        boolean record,
        @Nullable String machineDetection,
        @Nullable Integer timeLimit) {

    /** A call that plays a document and ends. */
    public static Placement of(String to, String from, @Nullable String twiml, @Nullable String url, boolean record) {
        return new Placement(Ids.next(), to, from, null, Map.of(), twiml, url, record, null, null);
    }

    /** The same call, answered by the document at this URL. */
    public Placement answeredAt(String documentUrl) {
        return new Placement(id, to, from, agentId, context, null, documentUrl, record, machineDetection, timeLimit);
    }
}
