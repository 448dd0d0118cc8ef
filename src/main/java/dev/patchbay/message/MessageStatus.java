package dev.patchbay.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The status of a message in Twilio's words ({@code MessageStatus}), in the order a message goes through them. */
public enum MessageStatus {
    ACCEPTED(0),
    SCHEDULED(0),
    QUEUED(1),
    SENDING(2),
    RECEIVING(2),
    SENT(3),
    PARTIALLY_DELIVERED(4),
    DELIVERED(5),
    UNDELIVERED(5),
    FAILED(5),
    CANCELED(5),
    RECEIVED(5),
    READ(6);

    private final int rank;
    private final String wire;

    MessageStatus(int rank) {
        this.rank = rank;
        this.wire = name().toLowerCase(Locale.ROOT);
    }

    /** Twilio's word: {@code delivered}, {@code partially_delivered}. */
    public String wire() {
        return wire;
    }

    /** Whether a message may go from {@code before} to this status: forward only, since events overtake one another. */
    public boolean mayFollow(MessageStatus before) {
        // Only what was delivered can be read.
        return rank > before.rank && (this != READ || before.rank < DELIVERED.rank || before == DELIVERED);
    }

    /** The status of Twilio's word; empty for a word Twilio does not use. */
    public static Optional<MessageStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.wire.equals(word))
                .findFirst();
    }
}
