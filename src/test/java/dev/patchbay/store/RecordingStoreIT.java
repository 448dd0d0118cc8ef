package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Recording;
import dev.patchbay.call.RecordingStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class RecordingStoreIT {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final RecordingStore recordings;

    RecordingStoreIT(MongoDatabase database) {
        recordings = new RecordingStore(database);
    }

    private static Recording recording(String sid, RecordingStatus status, @Nullable Integer duration) {
        return new Recording(sid, "call1", status, duration, 2, "OutboundAPI", "https://example.com/x", NOON);
    }

    @Test
    void aStatusGoesForwardOnly() {
        assertThat(recordings.advance(recording("RE1", RecordingStatus.COMPLETED, 12)))
                .isTrue();

        assertThat(recordings.advance(recording("RE1", RecordingStatus.IN_PROGRESS, null)))
                .isFalse();
        assertThat(recordings.advance(recording("RE1", RecordingStatus.ABSENT, null)))
                .isFalse();

        assertThat(recordings.list("call1")).containsExactly(recording("RE1", RecordingStatus.COMPLETED, 12));
    }

    @Test
    void whatWasAnnouncedIsCompleted() {
        recordings.advance(recording("RE1", RecordingStatus.IN_PROGRESS, null));
        assertThat(recordings.playable("call1")).isEmpty();

        recordings.advance(recording("RE1", RecordingStatus.COMPLETED, 3));

        assertThat(recordings.playable("call1")).contains(recording("RE1", RecordingStatus.COMPLETED, 3));
    }

    @Test
    void theLongestIsPlayedAndADeletedOneIsNot() {
        recordings.advance(recording("RE1", RecordingStatus.COMPLETED, 3));
        recordings.advance(recording("RE2", RecordingStatus.COMPLETED, 30));
        recordings.advance(recording("RE3", RecordingStatus.COMPLETED, 300));
        recordings.advance(recording("RE3", RecordingStatus.DELETED, null));

        assertThat(recordings.playable("call1"))
                .hasValueSatisfying(longest -> assertThat(longest.sid()).isEqualTo("RE2"));
        assertThat(recordings.playable("call2")).isEmpty();
    }

    @Test
    void whatIsOldAndNotDeletedIsFound() {
        recordings.advance(recording("RE1", RecordingStatus.COMPLETED, 3));
        recordings.advance(recording("RE2", RecordingStatus.COMPLETED, 3));
        recordings.advance(recording("RE2", RecordingStatus.DELETED, null));

        assertThat(recordings.before(NOON, null)).isEmpty();
        assertThat(recordings.before(NOON.plusSeconds(1), null))
                .extracting(Recording::sid)
                .containsExactly("RE1");
    }

    @Test
    void whatIsOldIsFoundToTheLastHoweverMuchThereIs() {
        for (int i = 0; i < 250; i++) {
            recordings.advance(recording("RE%03d".formatted(i), RecordingStatus.COMPLETED, 3));
        }
        List<String> found = new ArrayList<>();
        List<Recording> some = recordings.before(NOON.plusSeconds(1), null);
        while (!some.isEmpty()) {
            some.forEach(recording -> found.add(recording.sid()));
            some = recordings.before(NOON.plusSeconds(1), some.get(some.size() - 1));
        }

        assertThat(found).hasSize(250).doesNotHaveDuplicates().isSorted();
    }
}
