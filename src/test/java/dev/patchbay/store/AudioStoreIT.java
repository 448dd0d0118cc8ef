package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.media.audio.EncodedAudio;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

@ExtendWith(EmbeddedDatabase.class)
class AudioStoreIT {

    private static final Instant NOW = Instant.parse("2025-01-02T03:04:05.678Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    /** Both places for bytes. */
    private enum Place {
        FOLDER,
        BUCKET
    }

    private final MongoDatabase database;

    @TempDir
    Path dir;

    AudioStoreIT(MongoDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whatWasKeptIsThereFromAnyByteOn(Place place) throws IOException {
        byte[] bytes = noise(700_000); // several GridFS chunks
        AudioStore audio = at(place, NOW);

        StoredAudio kept = audio.keep(new EncodedAudio("ulaw_8000", bytes));

        assertThat(kept.id()).matches("[A-Za-z0-9_-]{22}");
        assertThat(audio.find(kept.id())).contains(kept);
        assertThat(kept.contentType()).isEqualTo("audio/ulaw");
        assertThat(kept.duration()).hasValue(87.5);
        assertThat(kept.expiresAt()).isEqualTo(LATER);
        for (int from : new int[] {0, 1, 300_000, 699_999}) {
            try (InputStream in = audio.open(kept.id(), from)) {
                assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void whatHasExpiredIsNotFoundAndASweepRemovesItsBytes(Place place) throws IOException {
        StoredAudio kept = at(place, NOW).keep(new EncodedAudio("opus_48000_64", noise(1000)));
        StoredAudio younger = at(place, NOW.plusSeconds(1)).keep(new EncodedAudio("opus_48000_64", noise(1000)));

        AudioStore later = at(place, LATER);
        assertThat(later.find(kept.id())).isEmpty();
        assertThat(later.sweep()).isEqualTo(1);

        assertThatThrownBy(() -> later.open(kept.id(), 0)).isInstanceOf(IOException.class);
        assertThat(later.find(younger.id())).isPresent();
        assertThat(bytesLeft(place)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void theQuotaRefusesAndMakesRoomOfWhatHasExpired(Place place) {
        AudioStore audio = at(place, NOW);
        audio.keep(new EncodedAudio("ulaw_8000", noise(6000)));

        assertThatThrownBy(() -> audio.keep(new EncodedAudio("ulaw_8000", noise(4_000_000))))
                .isInstanceOfSatisfying(PatchbayException.class, e -> {
                    assertThat(e.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
                    assertThat(e).hasMessageContaining("PATCHBAY_AUDIO_QUOTA");
                });
        StoredAudio fits = at(place, LATER).keep(new EncodedAudio("ulaw_8000", noise(1_045_000)));
        assertThat(at(place, LATER).find(fits.id())).isPresent();
        assertThat(database.getCollection("audio").countDocuments(new Document()))
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeWrittenIsForgotten() throws IOException {
        Files.writeString(dir.resolve("audio"), "a file where the folder should be");

        assertThatThrownBy(() -> at(Place.FOLDER, NOW).keep(new EncodedAudio("ulaw_8000", noise(10))))
                .isInstanceOf(PatchbayException.class);
        assertThat(at(Place.FOLDER, NOW).find("x")).isEmpty();
    }

    @Test
    void idsDoNotRepeat() {
        AudioStore audio = at(Place.FOLDER, NOW);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            ids.add(audio.keep(new EncodedAudio("ulaw_8000", new byte[1])).id());
        }
        assertThat(ids).hasSize(50);
    }

    private long bytesLeft(Place place) throws IOException {
        if (place == Place.BUCKET) {
            return database.getCollection("audio.chunks").countDocuments(new Document());
        }
        try (Stream<Path> files = Files.list(dir.resolve("audio"))) {
            return files.count();
        }
    }

    private AudioStore at(Place place, Instant now) {
        AudioContent content =
                place == Place.FOLDER ? new AudioFolder(dir.resolve("audio")) : new AudioBucket(database);
        return new AudioStore(
                database,
                content,
                new AudioProperties(Duration.ofHours(1), DataSize.ofMegabytes(1)),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
