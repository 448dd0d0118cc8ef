package dev.patchbay.call;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The status of a call in Twilio's words ({@code CallStatus}), in the order a call goes through them. */
public enum CallStatus {
    QUEUED(0),
    INITIATED(1),
    RINGING(2),
    IN_PROGRESS(3),
    COMPLETED(4),
    BUSY(4),
    FAILED(4),
    NO_ANSWER(4),
    CANCELED(4);

    private static final int TERMINAL = 4;

    private final int rank;
    private final String wire;

    CallStatus(int rank) {
        this.rank = rank;
        this.wire = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Twilio's word, hyphenated: {@code in-progress}, {@code no-answer}. */
    public String wire() {
        return wire;
    }

    /** Whether the call is over; nothing follows a terminal status, not even another one. */
    public boolean isTerminal() {
        return rank == TERMINAL;
    }

    /**
     * Whether a call may go from {@code before} to this status: forward only, since status callbacks overtake one
     * another on the way to us.
     */
    public boolean mayFollow(CallStatus before) {
        return rank > before.rank;
    }

    /** The status of Twilio's word; empty for a word Twilio does not use. */
    public static Optional<CallStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.wire.equals(word))
                .findFirst();
    }
}
