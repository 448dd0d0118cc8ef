package dev.patchbay.call;

import java.time.Instant;

/**
 * One turn of a conversation.
 *
 * @param role {@link #USER} (the caller) or {@link #AGENT}
 * @param at when the turn was heard
 */
public record TranscriptTurn(String role, String text, Instant at) {

    public static final String USER = "user";
    public static final String AGENT = "agent";

    public TranscriptTurn {
        if (!role.equals(USER) && !role.equals(AGENT)) {
            throw new IllegalArgumentException("A turn is the user's or the agent's, not " + role);
        }
    }
}
