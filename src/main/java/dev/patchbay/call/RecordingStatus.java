package dev.patchbay.call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The status of a recording in Twilio's words, in the order a recording goes through them. */
public enum RecordingStatus {
    IN_PROGRESS(0),
    PAUSED(0),
    STOPPED(1),
    PROCESSING(1),
    COMPLETED(2),
    ABSENT(2),
    FAILED(2),
    DELETED(3);

    private final int rank;

    RecordingStatus(int rank) {
        this.rank = rank;
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that may come before this one: events overtake one another. */
    public List<RecordingStatus> before() {
        return Arrays.stream(values()).filter(status -> status.rank < rank).toList();
    }

    /** The status of Twilio's word; empty for a word Twilio does not use. */
    public static Optional<RecordingStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.wire().equals(word))
                .findFirst();
    }
}
