package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.speech.BundledSpeech;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxRecordingsTest {

    private final SandboxRecordings recordings = new SandboxRecordings();

    @ParameterizedTest
    @EnumSource
    void bundledSpeechIsUnderstood(BundledSpeech speech) {
        CallerAudio audio = CallerAudio.of(speech.wav());

        assertThat(recordings.words(audio.samples(audio.millis()))).isEqualTo(speech.words());
    }

    @Test
    void whatIsCutOffOrUnknownIsNot() {
        CallerAudio audio = CallerAudio.of(BundledSpeech.CALLER.wav());

        assertThat(recordings.words(audio.samples(audio.millis() / 2))).isEmpty();
        assertThat(recordings.words(new short[8_000])).isEmpty();
    }

    @Test
    void theLast20AreKeptUntilOneIsDeleted() {
        for (int i = 0; i < 21; i++) {
            recordings.keep("RE" + i, new byte[] {(byte) i});
        }

        assertThat(recordings.media("RE0", null).status()).isEqualTo(404);
        assertThat(recordings.media("RE20.wav", null).bytes()).containsExactly(20);
        assertThat(recordings.delete("RE0")).isFalse();
        assertThat(recordings.delete("RE1")).isTrue();
        assertThat(recordings.media("RE1", null).status()).isEqualTo(404);
    }
}
