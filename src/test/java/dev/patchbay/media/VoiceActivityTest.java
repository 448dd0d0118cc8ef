package dev.patchbay.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.media.audio.MuLaw;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceActivityTest {

    @Test
    void silenceIsNotSpeech() {
        for (byte silence : new byte[] {(byte) 0xFF, 0x7F}) {
            byte[] frame = new byte[160];
            Arrays.fill(frame, silence);
            assertThat(VoiceActivity.isSpeech(frame, 160)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 300, 1_000, 3_000})
    void toneOfSpeechLoudnessIsSpeech(int hz) {
        assertThat(VoiceActivity.isSpeech(tone(hz, 2_000), 160)).isTrue();
    }

    @Test
    void noiseOfALineIsNotSpeech() {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            byte[] frame = new byte[160];
            for (int s = 0; s < 160; s++) {
                frame[s] = MuLaw.encode(random.nextInt(401) - 200);
            }
            assertThat(VoiceActivity.isSpeech(frame, 160)).isFalse();
        }
    }

    @Test
    void aClickIsNotSpeech() {
        byte[] frame = new byte[160];
        Arrays.fill(frame, (byte) 0xFF);
        Arrays.fill(frame, 60, 80, MuLaw.encode(30_000));
        assertThat(VoiceActivity.isSpeech(frame, 160)).isFalse();
    }

    @Test
    void looksAtTheLengthOnly() {
        byte[] frame = tone(1_000, 20_000);
        assertThat(VoiceActivity.isSpeech(frame, 16)).isFalse();
        assertThat(VoiceActivity.isSpeech(frame, 0)).isFalse();
    }

    private static byte[] tone(int hz, int amplitude) {
        byte[] frame = new byte[160];
        for (int i = 0; i < 160; i++) {
            frame[i] = MuLaw.encode((int) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / 8_000 + 0.3)));
        }
        return frame;
    }
}
