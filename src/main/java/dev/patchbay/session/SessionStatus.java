package dev.patchbay.session;

import dev.patchbay.call.CallStatus;
import java.util.List;
import java.util.stream.Stream;

/**
 * The words for where a session is: Twilio's for calls ({@link CallStatus}), {@code created}, {@code active} and {@code
 * ended} for rooms. A session only goes forward.
 */
public final class SessionStatus {

    public static final String CREATED = "created";
    public static final String ACTIVE = "active";
    public static final String ENDED = "ended";

    private static final List<String> ROOM = List.of(CREATED, ACTIVE, ENDED);

    private SessionStatus() {}

    public static boolean isKnown(String word) {
        return ROOM.contains(word) || CallStatus.of(word).isPresent();
    }

    public static boolean isTerminal(String word) {
        return word.equals(ENDED)
                || CallStatus.of(word).filter(CallStatus::isTerminal).isPresent();
    }

    /** The words that this one may follow. */
    public static List<String> before(String word) {
        return CallStatus.of(word)
                .map(status -> Stream.of(CallStatus.values())
                        .filter(status::mayFollow)
                        .map(CallStatus::wire)
                        .toList())
                .orElseGet(() -> ROOM.subList(0, Math.max(0, ROOM.indexOf(word))));
    }
}
