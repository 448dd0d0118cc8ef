package dev.patchbay.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFormatTest {
    @ParameterizedTest
    @CsvSource({
        "ulaw_8000, 8000, 1, 160",
        "pcm_8000, 8000, 2, 320",
        "pcm_16000, 16000, 2, 640",
        "pcm_22050, 22050, 2, 882",
        "pcm_24000, 24000, 2, 960",
        "pcm_44100, 44100, 2, 1764",
        "pcm_48000, 48000, 2, 1920"
    })
    void isKnownByItsWireName(String wireName, int sampleRate, int bytesPerSample, int bytesPer20Ms) {
        AudioFormat format = AudioFormat.of(wireName).orElseThrow();
        assertThat(format.wireName()).isEqualTo(wireName);
        assertThat(format.sampleRate()).isEqualTo(sampleRate);
        assertThat(format.bytesPerSample()).isEqualTo(bytesPerSample);
        assertThat(format.bytesPer20Ms()).isEqualTo(bytesPer20Ms);
    }

    @Test
    void hasNoOtherFormats() {
        assertThat(AudioFormat.values()).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mp3_44100", "PCM_16000", "pcm_32000", "ulaw_8000 "})
    void isEmptyForAnythingElse(String wireName) {
        assertThat(AudioFormat.of(wireName)).isEmpty();
    }
}
