package dev.patchbay.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlayingTimeTest {

    private static final Offset<Double> MILLISECOND = Offset.offset(0.001);

    /** MPEG-1 layer III, 128 kbit/s, 44.1 kHz, mono: 417 bytes, 1152 samples. */
    private static final int MPEG1 = 0xFFFB_90C0;

    /** MPEG-2 layer III, 32 kbit/s, 22.05 kHz, mono: 104 bytes, 576 samples. */
    private static final int MPEG2 = 0xFFF3_40C0;

    @ParameterizedTest
    @CsvSource({"ulaw_8000, 12000, 1.5", "alaw_8000, 4000, 0.5", "pcm_16000, 32000, 1", "pcm_22050, 22050, 0.5"})
    void headerlessFormatsByTheirSize(String format, int bytes, double seconds) {
        assertThat(new EncodedAudio(format, new byte[bytes]).duration()).hasValue(seconds);
    }

    @Test
    void aWavFileByItsHeader() {
        assertThat(new EncodedAudio("wav_16000", wav(32_000, 32_000)).duration())
                .hasValue(1);
        assertThat(new EncodedAudio("wav_16000", wav(0, 16_000)).duration()).hasValue(0.5);
        assertThat(new EncodedAudio("wav_16000", wav(-1, 16_000)).duration()).hasValue(0.5);
    }

    @Test
    void mp3ByItsFrames() {
        assertThat(mp3(frames(MPEG1, 417, 100))).isCloseTo(100 * 1152 / 44_100.0, MILLISECOND);
        assertThat(mp3(frames(MPEG2, 104, 50))).isCloseTo(50 * 576 / 22_050.0, MILLISECOND);
    }

    @Test
    void tagsAndTheIndexOfAnMp3AreNoSound() {
        byte[] tag = "ID3\4\0\0\0\0\2\1".getBytes(StandardCharsets.ISO_8859_1); // 2 * 128 + 1 bytes follow
        byte[] index = frames(MPEG1, 417, 1);
        System.arraycopy("Info".getBytes(StandardCharsets.ISO_8859_1), 0, index, 4 + 17, 4);
        byte[] end = new byte[128];
        System.arraycopy("TAG".getBytes(StandardCharsets.ISO_8859_1), 0, end, 0, 3);

        assertThat(mp3(tag, new byte[257], index, frames(MPEG1, 417, 10), end))
                .isCloseTo(10 * 1152 / 44_100.0, MILLISECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3_44100_128", "wav_8000", "opus_48000_64", "flac", "pcm", "pcm_x"})
    void whatCannotBeToldIsEmpty(String format) {
        assertThat(new EncodedAudio(format, new byte[4096]).duration()).isEmpty();
        assertThat(new EncodedAudio(format, new byte[0]).duration()).isEmpty();
    }

    @Test
    void junkAmongFramesCannotBeTold() {
        assertThat(new EncodedAudio("mp3_44100_128", join(frames(MPEG1, 417, 3), new byte[2000])).duration())
                .isEmpty();
    }

    private static double mp3(byte[]... parts) {
        return new EncodedAudio("mp3_44100_128", join(parts)).duration().orElseThrow();
    }

    private static byte[] frames(int header, int length, int count) {
        ByteBuffer frames = ByteBuffer.allocate(length * count);
        for (int i = 0; i < count; i++) {
            frames.putInt(i * length, header);
        }
        return frames.array();
    }

    private static byte[] wav(int declared, int data) {
        ByteBuffer file = ByteBuffer.allocate(44 + data).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(36 + data);
        file.put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(16);
        file.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        file.putShort((short) 2).putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt(declared);
        return file.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
