package dev.patchbay.sandbox.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UtteranceDetectorTest {
    private static final int RATE = 8000;
    private static final short[] SPEECH = BundledSpeech.CALLER.wav().samples();

    private final List<short[]> utterances = new ArrayList<>();
    private int started;
    private final UtteranceDetector detector = new UtteranceDetector(RATE, new UtteranceDetector.Listener() {
        @Override
        public void started() {
            started++;
        }

        @Override
        public void ended(short[] utterance) {
            utterances.add(utterance);
        }
    });

    @Test
    void hearsOneUtteranceAcrossAShortPause() {
        hear(new short[RATE]);
        hear(SPEECH);
        assertThat(started).isEqualTo(1);
        assertThat(utterances).isEmpty();

        hear(new short[RATE]);

        assertThat(utterances).hasSize(1);
        short[] heard = utterances.get(0);
        assertThat(heard.length).isBetween(SPEECH.length - 800, SPEECH.length + 2_400);
        var match = CrossCorrelation.find(Arrays.copyOfRange(SPEECH, 1_000, 9_000), heard);
        assertThat(match.correlation()).isGreaterThan(0.999);
    }

    @Test
    void separatesUtterancesByALongPause() {
        hear(SPEECH);
        hear(new short[RATE]);
        hear(SPEECH);
        hear(new short[RATE]);

        assertThat(started).isEqualTo(2);
        assertThat(utterances).hasSize(2);
    }

    @Test
    void ignoresAClickAndAHum() {
        short[] click = new short[RATE];
        Arrays.fill(click, 100, 260, (short) 20_000);
        hear(click);
        short[] hum = new short[RATE];
        Arrays.fill(hum, (short) 150);
        hear(hum);

        assertThat(started).isZero();
    }

    @Test
    void endsAnUtteranceAfterThirtySeconds() {
        short[] tone = new short[31 * RATE];
        Arrays.fill(tone, (short) 5_000);

        hear(tone);

        assertThat(utterances).hasSize(1);
        assertThat(utterances.get(0)).hasSize(30 * RATE);
    }

    /** In pieces that fit no frame. */
    private void hear(short[] samples) {
        for (int at = 0; at < samples.length; at += 333) {
            short[] piece = Arrays.copyOfRange(samples, at, Math.min(samples.length, at + 333));
            detector.hear(piece, piece.length);
        }
    }
}
