package dev.patchbay.sandbox.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavFileTest {
    private static final short[] RAMP = {0, 100, -100, Short.MAX_VALUE, Short.MIN_VALUE};

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000, 22050, 24000, 44100, 48000})
    void readsWhatItWrote(int rate) {
        WavFile wav = WavFile.read(WavFile.write(rate, RAMP));

        assertThat(wav.sampleRate()).isEqualTo(rate);
        assertThat(wav.samples()).containsExactly(RAMP);
    }

    @Test
    void mixesStereoToMono() {
        byte[] stereo = WavFile.write(8000, new short[] {1000, -2000}, new short[] {3000, -4000});

        assertThat(WavFile.read(stereo).samples()).containsExactly((short) 2000, (short) -3000);
    }

    @Test
    void writesTheHeaderOfA16BitPcmFile() {
        byte[] file = WavFile.write(8000, RAMP, RAMP);

        ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(header.getShort(20)).as("PCM").isEqualTo((short) 1);
        assertThat(header.getShort(22)).as("channels").isEqualTo((short) 2);
        assertThat(header.getInt(24)).as("rate").isEqualTo(8000);
        assertThat(header.getShort(34)).as("bits").isEqualTo((short) 16);
        assertThat(file).hasSize(44 + RAMP.length * 4);
    }

    @Test
    void changesTheRate() {
        short[] second = new short[16000];
        for (int i = 0; i < second.length; i++) {
            second[i] = (short) (10_000 * Math.sin(2 * Math.PI * 440 * i / 16000));
        }

        short[] resampled = WavFile.read(WavFile.write(16000, second)).samplesAt(8000);

        assertThat(resampled.length).isBetween(7_900, 8_000);
        assertThat(CrossCorrelation.rms(resampled, 1000, 6000)).isBetween(6_900.0, 7_200.0);
    }

    @Test
    void namesTheFault() {
        assertFault("RIFF and no more".getBytes(StandardCharsets.US_ASCII), "not a WAV file");
        assertFault(new byte[0], "not a WAV file");
        assertFault(WavFile.write(11025, RAMP), "sample rate is 11025 Hz");
        assertFault(WavFile.write(8000, RAMP, RAMP, RAMP), "3 channels");
        assertFault(WavFile.write(8000, new short[0]), "no samples");
        assertFault(with(20, 7, 16), "ULAW");
        assertFault(with(20, 1, 8), "8 bits per sample");
    }

    @ParameterizedTest
    @EnumSource(BundledSpeech.class)
    void bundledSpeechIsSmallAndAudible(BundledSpeech speech) {
        short[] samples = speech.wav().samples();
        double seconds = (double) samples.length / speech.wav().sampleRate();

        assertThat(seconds).isBetween(2.0, 5.0);
        assertThat(samples.length * 2).isLessThan(120 * 1024);
        assertThat(CrossCorrelation.rms(samples, 0, samples.length)).isGreaterThan(1000);
    }

    private static void assertFault(byte[] file, String fault) {
        assertThatThrownBy(() -> WavFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fault);
    }

    /** A mono file whose header claims another encoding and sample size. */
    private static byte[] with(int at, int encoding, int bits) {
        byte[] file = Arrays.copyOf(WavFile.write(8000, RAMP), 44 + RAMP.length * 2);
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(at, (short) encoding)
                .putShort(32, (short) (bits / 8))
                .putShort(34, (short) bits);
        return file;
    }
}
