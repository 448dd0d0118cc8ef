package dev.patchbay.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MediaCodecTest {
    static Stream<Arguments> pairs() {
        return Stream.of(AudioFormat.values())
                .flatMap(from -> Stream.of(AudioFormat.values()).map(to -> Arguments.of(from, to)));
    }

    static Stream<Arguments> telephonePairs() {
        return Stream.of(AudioFormat.values())
                .flatMap(format -> Stream.of(
                        Arguments.of(AudioFormat.ULAW_8000, format), Arguments.of(format, AudioFormat.ULAW_8000)));
    }

    @ParameterizedTest
    @EnumSource
    void passesEqualFormatsByteForByte(AudioFormat format) {
        MediaCodec codec = new MediaCodec(format, format);
        byte[] in = bytes(321);
        assertThat(codec.isPassthrough()).isTrue();
        assertThat(convert(codec, in, () -> 77)).isEqualTo(in);
    }

    @Test
    void decodesMuLawToLittleEndianPcm() {
        MediaCodec codec = new MediaCodec(AudioFormat.ULAW_8000, AudioFormat.PCM_8000);
        byte[] codes = {0x00, (byte) 0x80, (byte) 0xFF, 0x70};
        assertThat(codec.isPassthrough()).isFalse();
        assertThat(convert(codec, codes, () -> 4)).containsExactly(0x84, 0x82, 0x7C, 0x7D, 0x00, 0x00, 0x88, 0xFF);
    }

    @Test
    void encodesLittleEndianPcmToMuLaw() {
        MediaCodec codec = new MediaCodec(AudioFormat.PCM_8000, AudioFormat.ULAW_8000);
        byte[] samples = {(byte) 0x84, (byte) 0x82, 0x7C, 0x7D, 0x00, 0x00, (byte) 0x88, (byte) 0xFF};
        assertThat(convert(codec, samples, () -> 8)).containsExactly(0x00, 0x80, 0xFF, 0x70);
    }

    @Test
    void carriesATelephoneFrameToTheAgentsRateAndBack() {
        byte[] caller = new byte[8_000];
        MuLaw.encode(Tone.sine(1_000, 16_000, 8_000, 8_000), 0, 8_000, caller, 0);
        byte[] heard = convert(new MediaCodec(AudioFormat.ULAW_8000, AudioFormat.PCM_16000), caller, () -> 160);
        byte[] back = convert(new MediaCodec(AudioFormat.PCM_16000, AudioFormat.ULAW_8000), heard, () -> 640);
        short[] samples = new short[8_000];
        MuLaw.decode(back, 0, 8_000, samples, 0);
        int delay = 31;
        short[] again = new short[8_000];
        System.arraycopy(samples, delay, again, 0, 8_000 - delay);
        MuLaw.decode(caller, 8_000 - delay, delay, again, 8_000 - delay);
        Tone.Line line = Tone.line(again, 0, 8_000, 1_000);
        assertThat(heard).hasSize(32_000);
        assertThat(back).hasSize(8_000);
        assertThat(line.amplitude()).isBetween(15_900.0, 16_100.0);
        assertThat(line.phase()).isBetween(-Math.PI / 2 - 0.01, -Math.PI / 2 + 0.01);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void givesTheSameBytesHoweverTheStreamIsSplit(AudioFormat from, AudioFormat to) {
        byte[] in = bytes(from.bytesPer20Ms() * 11);
        byte[] whole = convert(new MediaCodec(from, to), in, () -> in.length);
        Random random = new Random(1);
        assertThat(whole).hasSize(to.bytesPer20Ms() * 11);
        for (IntSupplier chunk :
                new IntSupplier[] {() -> 1, () -> 3, from::bytesPer20Ms, () -> random.nextInt(2_000)}) {
            assertThat(convert(new MediaCodec(from, to), in, chunk)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ULAW_8000", "PCM_24000"})
    void keepsAnOddByteForTheNextChunk(AudioFormat to) {
        MediaCodec codec = new MediaCodec(AudioFormat.PCM_8000, to);
        byte[] out = new byte[codec.maxOutput(3)];
        int perSample = to.sampleRate() / 8_000 * to.bytesPerSample();
        assertThat(codec.convert(new byte[] {1}, 0, 1, out, 0)).isZero();
        assertThat(codec.convert(new byte[] {2, 3, 4}, 0, 3, out, 0)).isEqualTo(2 * perSample);
        assertThat(codec.convert(new byte[] {5}, 0, 1, out, 0)).isZero();
        assertThat(codec.convert(new byte[0], 0, 0, out, 0)).isZero();
        assertThat(codec.convert(new byte[] {6}, 0, 1, out, 0)).isEqualTo(perSample);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void beginsANewStreamAfterReset(AudioFormat from, AudioFormat to) {
        byte[] in = bytes(1_001);
        MediaCodec codec = new MediaCodec(from, to);
        byte[] first = convert(codec, in, () -> 100);
        codec.reset();
        assertThat(convert(codec, in, () -> 100)).isEqualTo(first);
    }

    @Test
    void writesOnlyWhatItReturns() {
        MediaCodec codec = new MediaCodec(AudioFormat.ULAW_8000, AudioFormat.PCM_16000);
        byte[] out = new byte[5 + 640 + 5];
        Arrays.fill(out, (byte) 0x55);
        assertThat(codec.convert(bytes(200), 40, 160, out, 5)).isEqualTo(640);
        assertThat(Arrays.copyOf(out, 5)).containsOnly(0x55);
        assertThat(Arrays.copyOfRange(out, 645, 650)).containsOnly(0x55);
    }

    @Test
    void takesNothingWhenThereIsNoRoom() {
        byte[] in = bytes(321);
        MediaCodec codec = new MediaCodec(AudioFormat.PCM_8000, AudioFormat.PCM_16000);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> codec.convert(in, 0, 321, new byte[643], 0));
        assertThat(convert(codec, in, () -> 321))
                .isEqualTo(convert(new MediaCodec(AudioFormat.PCM_8000, AudioFormat.PCM_16000), in, () -> 321));
    }

    @ParameterizedTest
    @MethodSource("telephonePairs")
    void allocatesNothingPerFrame(AudioFormat from, AudioFormat to) {
        MediaCodec codec = new MediaCodec(from, to);
        byte[] frame = bytes(from.bytesPer20Ms());
        byte[] out = new byte[codec.maxOutput(frame.length)];
        assertThat(Allocation.perRun(() -> codec.convert(frame, 0, frame.length, out, 0)))
                .isLessThan(1);
    }

    private static byte[] convert(MediaCodec codec, byte[] in, IntSupplier chunk) {
        byte[] out = new byte[codec.maxOutput(in.length)];
        int written = 0;
        for (int taken = 0, length; taken < in.length; taken += length) {
            length = Math.min(chunk.getAsInt(), in.length - taken);
            byte[] part = new byte[codec.maxOutput(length)];
            int count = codec.convert(in, taken, length, part, 0);
            System.arraycopy(part, 0, out, written, count);
            written += count;
        }
        return Arrays.copyOf(out, written);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
