package dev.patchbay.call;

import java.util.Locale;
import java.util.Optional;

/** Who placed a call: the caller ({@code inbound}) or we ({@code outbound}). */
public enum Direction {
    INBOUND,
    OUTBOUND;

    /** {@code inbound} or {@code outbound}, as in JSON and in the store. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The direction of a wire word; Twilio's {@code outbound-api} and {@code outbound-dial} are outbound. */
    public static Optional<Direction> of(String word) {
        if (word.equals("inbound")) {
            return Optional.of(INBOUND);
        }
        return word.startsWith("outbound") ? Optional.of(OUTBOUND) : Optional.empty();
    }
}
