package dev.patchbay.sandbox.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.media.audio.MuLaw;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PlaybackBufferTest {
    private static final byte LOUD = MuLaw.encode(10_000);
    private static final short LOUD_SAMPLE = MuLaw.decode(LOUD);

    private final PlaybackBuffer buffer = new PlaybackBuffer();

    @Test
    void playsABurstOneAfterTheOther() {
        buffer.append(loud(160), 1_000);
        buffer.append(loud(160), 1_001);
        buffer.append(loud(160), 5_000);

        short[] played = buffer.played(6_000);
        assertThat(played).hasSize(6_000);
        assertSilent(played, 0, 1_000);
        assertLoud(played, 1_000, 1_320);
        assertSilent(played, 1_320, 5_000);
        assertLoud(played, 5_000, 5_160);
        assertSilent(played, 5_160, 6_000);
    }

    @Test
    void answersAMarkWhenTheSoundBeforeItWasPlayed() {
        buffer.mark("empty", 100);
        assertThat(buffer.due(100)).containsExactly("empty");

        buffer.append(loud(800), 1_000);
        buffer.mark("a", 1_000);
        buffer.append(loud(800), 1_000);
        buffer.mark("b", 1_000);

        assertThat(buffer.due(1_799)).isEmpty();
        assertThat(buffer.due(1_800)).containsExactly("a");
        assertThat(buffer.due(2_599)).isEmpty();
        assertThat(buffer.due(2_600)).containsExactly("b");
        assertThat(buffer.due(9_999)).isEmpty();
    }

    @Test
    void clearDropsWhatWasNotPlayedAndReturnsItsMarks() {
        buffer.append(loud(8_000), 0);
        buffer.mark("a", 0);
        buffer.append(loud(8_000), 0);
        buffer.mark("b", 0);

        assertThat(buffer.clear(1_000)).containsExactly("a", "b");

        assertThat(buffer.due(20_000)).isEmpty();
        buffer.append(loud(160), 2_000);
        short[] played = buffer.played(3_000);
        assertLoud(played, 0, 1_000);
        assertSilent(played, 1_000, 2_000);
        assertLoud(played, 2_000, 2_160);
    }

    @Test
    void clearOfAnEmptyBufferChangesNothing() {
        buffer.append(loud(160), 0);

        assertThat(buffer.clear(500)).isEmpty();
        buffer.append(loud(160), 600);

        assertLoud(buffer.played(1_000), 600, 760);
        assertLoud(buffer.played(1_000), 0, 160);
    }

    @Test
    void knowsUntilWhenThereIsSomethingToHear() {
        byte[] quietEnd = new byte[1_600];
        Arrays.fill(quietEnd, CallerAudio.SILENCE);
        Arrays.fill(quietEnd, 0, 400, LOUD);
        buffer.append(quietEnd, 1_000);
        assertThat(buffer.audibleUntil()).isEqualTo(1_400);

        buffer.append(CallerAudio.silence(1_000).frame(0), 5_000);
        assertThat(buffer.audibleUntil()).isEqualTo(1_400);

        buffer.append(loud(160), 6_000);
        assertThat(buffer.audibleUntil()).isEqualTo(6_160);
        buffer.clear(6_010);
        assertThat(buffer.audibleUntil()).isEqualTo(6_010);
    }

    private static byte[] loud(int length) {
        byte[] codes = new byte[length];
        Arrays.fill(codes, LOUD);
        return codes;
    }

    private static void assertLoud(short[] played, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(played[i]).as("sample %d", i).isEqualTo(LOUD_SAMPLE);
        }
    }

    private static void assertSilent(short[] played, int from, int to) {
        for (int i = from; i < to; i++) {
            assertThat(played[i]).as("sample %d", i).isZero();
        }
    }
}
