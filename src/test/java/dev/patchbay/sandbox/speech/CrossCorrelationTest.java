package dev.patchbay.sandbox.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossCorrelationTest {
    private static final short[] SPEECH = BundledSpeech.CALLER.wav().samples();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 345, 8_000, 31_999})
    void findsAKnownDelayToTheSample(int delay) {
        short[] signal = new short[60_000];
        Random random = new Random(1);
        for (int i = 0; i < signal.length; i++) {
            int spoken = i >= delay && i < delay + SPEECH.length ? SPEECH[i - delay] / 3 : 0;
            signal[i] = (short) (spoken + random.nextInt(-200, 200));
        }

        var match = CrossCorrelation.find(SPEECH, signal);

        assertThat(match.lag()).isEqualTo(delay);
        assertThat(match.correlation()).isGreaterThan(0.9);
    }

    @Test
    void prefersTheSameSoundToALouderOne() {
        short[] signal = new short[60_000];
        short[] greeting = BundledSpeech.GREETING.wav().samplesAt(8000);
        System.arraycopy(greeting, 0, signal, 0, greeting.length);
        for (int i = 0; i < 8_000; i++) {
            signal[30_000 + i] = (short) (SPEECH[i] / 4);
        }
        short[] second = java.util.Arrays.copyOf(SPEECH, 8_000);

        assertThat(CrossCorrelation.find(second, signal).lag()).isEqualTo(30_000);
    }

    @Test
    void findsNothingInSilence() {
        assertThat(CrossCorrelation.find(SPEECH, new short[40_000]).correlation())
                .isZero();
        assertThat(CrossCorrelation.find(new short[800], SPEECH).correlation()).isZero();
    }

    @Test
    void comparesOneStretchWithAnother() {
        short[] negative = SPEECH.clone();
        for (int i = 0; i < negative.length; i++) {
            negative[i] = (short) -negative[i];
        }

        assertThat(CrossCorrelation.at(SPEECH, 2000, SPEECH, 2000, 160)).isCloseTo(1, within(1e-9));
        assertThat(CrossCorrelation.at(SPEECH, 2000, negative, 2000, 160)).isCloseTo(-1, within(1e-9));
        assertThat(CrossCorrelation.at(SPEECH, 2000, SPEECH, SPEECH.length - 10, 160))
                .isZero();
    }
}
