package dev.patchbay.sandbox.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import dev.patchbay.media.audio.MuLaw;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class EchoTest {
    private static final int FRAME = 160;
    private static final short[] SAID = BundledSpeech.CALLER.wav().samples();
    private static final short[] CODED = coded();

    @Test
    void measuresTheDelayWithinOneMillisecond() {
        Echo echo = Echo.find(SAID, heard(at -> at + 1_234)).orElseThrow();

        assertThat(echo.delayMillis()).isCloseTo(1_234 / 8.0, within(1.0));
        assertThat(echo.frames()).isGreaterThan(60);
        assertThat(echo.lost()).isZero();
        assertThat(echo.late()).isZero();
    }

    @Test
    void countsFramesThatBecameSilence() {
        short[] torn = CODED.clone();
        Arrays.fill(torn, 72 * FRAME, 82 * FRAME, (short) 0);
        Echo echo = Echo.find(SAID, heard(torn, at -> at + 800)).orElseThrow();

        assertThat(echo.lost()).as("of ten frames, those with a voice").isBetween(6, 10);
        assertThat(echo.late()).isZero();
    }

    @Test
    void countsFramesThatWereSwallowed() {
        short[] shorter = new short[CODED.length - 10 * FRAME];
        System.arraycopy(CODED, 0, shorter, 0, 72 * FRAME);
        System.arraycopy(CODED, 82 * FRAME, shorter, 72 * FRAME, shorter.length - 72 * FRAME);
        Echo echo = Echo.find(SAID, heard(shorter, at -> at + 2_000)).orElseThrow();

        assertThat(echo.lost()).as("of ten frames, those with a voice").isBetween(6, 10);
    }

    @Test
    void countsFramesAfterAGapAsLate() {
        // Every frame of the second sentence waits a little longer than the one before.
        Echo echo = Echo.find(SAID, heard(at -> at + 800 + Math.max(0, at - 16_400) / 4))
                .orElseThrow();

        assertThat(echo.delayMillis()).isCloseTo(100, within(1.0));
        assertThat(echo.lost()).isZero();
        assertThat(echo.late()).isBetween(15, 60);
    }

    @Test
    void isNotMisledByResamplingThereAndBack() {
        MediaCodec up = new MediaCodec(AudioFormat.ULAW_8000, AudioFormat.PCM_24000);
        MediaCodec down = new MediaCodec(AudioFormat.PCM_24000, AudioFormat.ULAW_8000);
        byte[] codes = new byte[SAID.length];
        MuLaw.encode(SAID, 0, SAID.length, codes, 0);
        byte[] wide = new byte[up.maxOutput(codes.length)];
        int wideLength = up.convert(codes, 0, codes.length, wide, 0);
        byte[] back = new byte[down.maxOutput(wideLength)];
        short[] resampled = new short[down.convert(wide, 0, wideLength, back, 0)];
        MuLaw.decode(back, 0, resampled.length, resampled, 0);

        Echo echo = Echo.find(SAID, heard(resampled, at -> at + 1_000)).orElseThrow();

        assertThat(echo.delayMillis()).as("and the filters' own delay").isBetween(125.0, 134.0);
        assertThat(echo.lost()).isZero();
        assertThat(echo.late()).isZero();
    }

    @Test
    void findsSpeechBehindOtherSpeechThoughItsBeginningIsLost() {
        short[] greeting = BundledSpeech.GREETING.wav().samplesAt(8000);
        Heard heard = new Heard();
        heard.add(greeting, 0, greeting.length, 0);
        heard.add(CODED, 3_000, CODED.length - 3_000, 60_000);

        assertThat(Echo.find(SAID, heard).orElseThrow().delayMillis()).isCloseTo(57_000 / 8.0, within(1.0));
    }

    @Test
    void isNotFoundInOtherSpeech() {
        short[] greeting = BundledSpeech.GREETING.wav().samplesAt(8000);

        assertThat(Echo.find(SAID, heard(greeting, at -> at))).isEmpty();
        assertThat(Echo.find(SAID, heard(new short[SAID.length], at -> at))).isEmpty();
        assertThat(Echo.find(SAID, new Heard())).isEmpty();
        assertThat(Echo.find(new short[SAID.length], heard(at -> at))).isEmpty();
        assertThat(Echo.find(SAID, heard(at -> at + 200_000)))
                .as("too late to be an answer")
                .isEmpty();
    }

    private static Heard heard(IntUnaryOperator playedAt) {
        return heard(CODED, playedAt);
    }

    /** In frames of 20 ms, each played when the function says. */
    private static Heard heard(short[] samples, IntUnaryOperator playedAt) {
        Heard heard = new Heard();
        for (int at = 0; at + FRAME <= samples.length; at += FRAME) {
            heard.add(samples, at, FRAME, playedAt.applyAsInt(at));
        }
        return heard;
    }

    private static short[] coded() {
        short[] coded = new short[SAID.length];
        for (int i = 0; i < SAID.length; i++) {
            coded[i] = MuLaw.decode(MuLaw.encode(SAID[i]));
        }
        return coded;
    }
}
