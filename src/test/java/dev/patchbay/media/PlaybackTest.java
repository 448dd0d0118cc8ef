package dev.patchbay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlaybackTest {

    private final RecordingCaller caller = new RecordingCaller();
    private final Playback playback = new Playback(caller);

    static Stream<Arguments> chunkings() {
        Random random = new Random(7);
        return Stream.of(
                Arguments.of("one byte", (IntSupplier) () -> 1),
                Arguments.of("a frame", (IntSupplier) () -> 160),
                Arguments.of("nearly a frame", (IntSupplier) () -> 159),
                Arguments.of("more than it begins with", (IntSupplier) () -> 3_001),
                Arguments.of("everything", (IntSupplier) () -> 20_077),
                Arguments.of("any", (IntSupplier) () -> random.nextInt(2_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chunkings")
    void sendsTheSameWholeFramesForAnyChunking(String name, IntSupplier chunk) {
        byte[] speech = speech(20_077);
        for (int at = 0; at < speech.length; ) {
            int length = Math.min(chunk.getAsInt(), speech.length - at);
            playback.append(Arrays.copyOfRange(speech, at, at + length), length, 0);
            at += length;
        }
        assertThat(caller.sizes).allMatch(size -> size > 0 && size % 160 == 0);
        assertThat(caller.heard()).isEqualTo(Arrays.copyOf(speech, 20_000));
        assertThat(playback.framesOut()).isEqualTo(125);

        playback.endTurn(0);
        byte[] padded = Arrays.copyOf(speech, 20_160);
        Arrays.fill(padded, 20_077, 20_160, (byte) 0xFF);
        assertThat(caller.heard()).isEqualTo(padded);
        assertThat(playback.framesOut()).isEqualTo(126);
    }

    @Test
    void aRemainderWaitsForTheNextChunk() {
        play(100, 0);
        assertThat(caller.log).isEmpty();
        play(60, 0);
        assertThat(caller.log).containsExactly("audio 160");
    }

    @Test
    void aTurnThatEndsOnAFrameIsNotPadded() {
        play(320, 0);
        playback.endTurn(0);
        assertThat(caller.log).containsExactly("audio 320", "mark 0-40");
    }

    @Test
    void aTurnEndsOnce() {
        play(170, 0);
        playback.endTurn(0);
        playback.endTurn(0);
        assertThat(caller.log).containsExactly("audio 160", "audio 160", "mark 0-40");
    }

    @Test
    void noTurnNoMark() {
        playback.endTurn(0);
        playback.endTurnWhenDry(1_000_000);
        assertThat(caller.log).isEmpty();
    }

    @Test
    void marksAtMostEveryHalfSecondAndTheEndOfTheTurn() {
        for (int frame = 0; frame < 130; frame++) { // 2.6 s
            play(160, 20L * frame);
        }
        assertThat(caller.marks).containsExactly("0-500", "0-1000", "0-1500", "0-2000", "0-2500");
        playback.endTurn(2_600);
        assertThat(caller.marks).last().isEqualTo("0-2600");
        assertThat(caller.marks).hasSize(6);
    }

    @Test
    void aLargeChunkHasOneMark() {
        play(8 * 7_000, 0);
        playback.endTurn(0);
        assertThat(caller.marks).containsExactly("0-7000");
    }

    @Test
    void aMarkFollowsTheAudioThatItStandsFor() {
        play(8 * 500, 0);
        assertThat(caller.log).containsExactly("audio 4000", "mark 0-500");
    }

    @Test
    void aMarkThatCameBackTellsWhatWasHeard() {
        play(8 * 1_000, 0);
        play(8 * 1_000, 0);
        assertThat(playback.heardMs()).isZero();
        playback.heard("0-1000");
        assertThat(playback.heardMs()).isEqualTo(1_000);
        playback.heard("0-500");
        assertThat(playback.heardMs()).as("never back").isEqualTo(1_000);
        playback.heard("0-999999");
        assertThat(playback.heardMs()).as("never more than was sent").isEqualTo(2_000);
    }

    @Test
    void marksOfOthersSayNothing() {
        play(8 * 1_000, 0);
        for (String mark :
                new String[] {"", "-", "0-", "-5", "x-500", "0-x", "1-500", "0-99999999999999999999", "500"}) {
            playback.heard(mark);
        }
        assertThat(playback.heardMs()).isZero();
    }

    @Test
    void aClearVoidsTheRemainderAndWhatWasNotHeard() {
        play(8 * 1_000 + 50, 0);
        playback.clear(300);
        assertThat(caller.log).last().isEqualTo("clear");
        assertThat(playback.heardMs()).as("by the clock").isEqualTo(300);
        assertThat(playback.isPlaying(300)).isFalse();

        playback.endTurn(310);
        assertThat(caller.log).as("no turn is left to end").last().isEqualTo("clear");
        byte[] answer = speech(160);
        playback.append(answer, 160, 400);
        assertThat(Arrays.copyOfRange(caller.heard(), 8_000, 8_160))
                .as("nothing of the old remainder")
                .isEqualTo(answer);
    }

    @Test
    void marksThatAClearReturnedDoNotCount() {
        play(8 * 1_000, 0);
        playback.clear(300);
        playback.heard("0-1000");
        assertThat(playback.heardMs()).isEqualTo(300);

        play(8 * 500, 400);
        assertThat(caller.marks).last().isEqualTo("1-800");
        playback.heard("0-1000");
        assertThat(playback.heardMs()).isEqualTo(300);
        playback.heard("1-800");
        assertThat(playback.heardMs()).isEqualTo(800);
    }

    @Test
    void whatAMarkProvedIsNotTakenBackByTheClock() {
        play(8 * 1_000, 0);
        playback.heard("0-1000");
        playback.clear(300);
        assertThat(playback.heardMs()).isEqualTo(1_000);
    }

    @Test
    void playsUntilTheClockOrTheLastMarkSaysOtherwise() {
        assertThat(playback.isPlaying(0)).isFalse();
        play(8 * 1_000, 100);
        assertThat(playback.isPlaying(1_099)).isTrue();
        assertThat(playback.isPlaying(1_100)).isFalse();
        playback.heard("0-1000");
        assertThat(playback.isPlaying(500)).isFalse();
    }

    @Test
    void audioAfterAPauseBeginsNow() {
        play(8 * 100, 0);
        play(8 * 100, 5_000);
        assertThat(playback.isPlaying(5_099)).isTrue();
        assertThat(playback.isPlaying(5_100)).isFalse();
    }

    @Test
    void aTurnWithoutAnEndIsEndedWhenTheCallerHasHeardNearlyAll() {
        play(8 * 1_000 + 10, 0);
        playback.endTurnWhenDry(899);
        assertThat(caller.marks).as("more may come").containsExactly("0-1000");
        playback.endTurnWhenDry(900);
        assertThat(caller.marks).containsExactly("0-1000", "0-1020");
    }

    @Test
    void aTurnIsNotDryWhileAudioComes() {
        play(100, 0);
        playback.endTurnWhenDry(99);
        assertThat(caller.log).isEmpty();
        playback.endTurnWhenDry(100);
        assertThat(caller.log).containsExactly("audio 160", "mark 0-20");
    }

    private void play(int length, long now) {
        playback.append(speech(length), length, now);
    }

    private static byte[] speech(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
