package dev.patchbay.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
    private static final double LOUD = 16_000;

    /** Quieter ratios are asked for, -60 dB; the filters are one design, so all are held to the telephone's -70 dB. */
    private static final double STOP_BAND = -70;

    static Stream<Arguments> pairs() {
        return IntStream.of(16_000, 22_050, 24_000, 44_100, 48_000)
                .boxed()
                .flatMap(rate -> Stream.of(Arguments.of(8_000, rate), Arguments.of(rate, 8_000)));
    }

    static Stream<Arguments> upwards() {
        return pairs().filter(pair -> pair.get()[0].equals(8_000));
    }

    static Stream<Arguments> downwards() {
        return pairs().filter(pair -> pair.get()[1].equals(8_000));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void isFlatAndCleanFrom300To3400Hz(int fromHz, int toHz) {
        for (int hz = 300; hz <= 3_400; hz += 50) {
            short[] out = tone(hz, fromHz, toHz);
            double amplitude = Tone.line(out, toHz, toHz, hz).amplitude();
            assertThat(Tone.dB(amplitude / LOUD)).as("gain at %d Hz", hz).isBetween(-0.1, 0.1);
            assertThat(Tone.sinad(out, toHz, toHz, hz)).as("SINAD at %d Hz", hz).isGreaterThanOrEqualTo(70);
        }
    }

    @ParameterizedTest
    @MethodSource("upwards")
    void leavesNoImages(int fromHz, int toHz) {
        for (int hz = 300; hz <= 3_400; hz += 50) {
            short[] out = tone(hz, fromHz, toHz);
            for (int centre = fromHz; centre - hz < toHz / 2; centre += fromHz) {
                assertThat(Tone.dB(Tone.line(out, toHz, toHz, centre - hz).amplitude() / LOUD))
                        .as("image of %d Hz at %d Hz", hz, centre - hz)
                        .isLessThanOrEqualTo(STOP_BAND);
                if (centre + hz < toHz / 2) {
                    assertThat(Tone.dB(Tone.line(out, toHz, toHz, centre + hz).amplitude() / LOUD))
                            .as("image of %d Hz at %d Hz", hz, centre + hz)
                            .isLessThanOrEqualTo(STOP_BAND);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("downwards")
    void leavesNoAliases(int fromHz, int toHz) {
        for (int hz = 4_600; hz < fromHz / 2; hz += 100) {
            short[] out = tone(hz, fromHz, toHz);
            assertThat(Tone.dB(Math.sqrt(2 * Tone.power(out, toHz, toHz)) / LOUD))
                    .as("what %d Hz leaves", hz)
                    .isLessThanOrEqualTo(STOP_BAND);
        }
    }

    @ParameterizedTest
    @MethodSource("downwards")
    void isSixDecibelsDownAtHalfTheLowerRate(int fromHz, int toHz) {
        double below = Tone.line(tone(3_999, fromHz, toHz), toHz, toHz, 3_999).amplitude();
        double above = Tone.line(tone(4_001, fromHz, toHz), toHz, toHz, 3_999).amplitude();
        assertThat(Tone.dB(below / LOUD)).isCloseTo(-6.02, within(0.05));
        assertThat(Tone.dB(above / LOUD)).isCloseTo(-6.02, within(0.05));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void delaysEveryFrequencyAlikeAndLittle(int fromHz, int toHz) {
        double delayMs = new Resampler(fromHz, toHz).delayMs();
        assertThat(delayMs).isBetween(1.0, 4.0);
        for (int hz = 300; hz <= 3_400; hz += 50) {
            double sine = -Math.PI / 2;
            double phase = Tone.line(tone(hz, fromHz, toHz), toHz, toHz, hz).phase() - sine;
            double error = Math.IEEEremainder(phase + 2 * Math.PI * hz * delayMs / 1_000, 2 * Math.PI);
            assertThat(error).as("phase at %d Hz, rad", hz).isCloseTo(0, within(0.001));
        }
    }

    @Test
    void hasASymmetricResponseOfOddLengthBetween8And16kHz() {
        short[] impulse = new short[64];
        impulse[0] = 30_000;
        short[] up = resample(new Resampler(8_000, 16_000), impulse, () -> 20);
        for (int i = 0; i <= 31; i++) {
            assertThat(up[31 - i]).isEqualTo(up[31 + i]);
        }
        assertThat(up[0]).isNotZero();
        assertThat(up[31]).isEqualTo((short) 30_000);
        assertThat(IntStream.range(63, up.length).map(i -> up[i])).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void givesTheSameSamplesHoweverTheStreamIsSplit(int fromHz, int toHz) {
        short[] in = noise(fromHz / 2 + 7);
        short[] whole = resample(new Resampler(fromHz, toHz), in, () -> in.length);
        Random random = new Random(fromHz + toHz);
        for (IntSupplier chunk : new IntSupplier[] {
            () -> 1, () -> 2, () -> 7, () -> fromHz / 50, () -> 161, () -> 1_023, () -> random.nextInt(700)
        }) {
            assertThat(resample(new Resampler(fromHz, toHz), in, chunk)).isEqualTo(whole);
        }
        assertThat(whole).hasSize(outputs(in.length, fromHz, toHz));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void hasGivenTheCeilingOfTheRatioAfterEverySample(int fromHz, int toHz) {
        Resampler resampler = new Resampler(fromHz, toHz);
        short[] out = new short[resampler.maxOutput(1)];
        int given = 0;
        for (int taken = 1; taken <= 2_000; taken++) {
            given += resampler.resample(new short[1], 0, 1, out, 0);
            assertThat(given).isEqualTo(outputs(taken, fromHz, toHz));
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, 16000", "16000, 8000", "8000, 22050", "22050, 8000"})
    void losesAndAddsNothingInAnHour(int fromHz, int toHz) {
        Resampler resampler = new Resampler(fromHz, toHz);
        int hour = 3_600 * fromHz;
        short[] in = noise(fromHz);
        short[] out = new short[resampler.maxOutput(in.length)];
        Random random = new Random(1);
        long given = 0;
        for (int taken = 0, chunk; taken < hour; taken += chunk) {
            chunk = Math.min(random.nextInt(in.length), hour - taken);
            given += resampler.resample(in, 0, chunk, out, 0);
        }
        assertThat(given).isEqualTo(3_600L * toHz);

        resampler.resample(new short[fromHz], 0, fromHz, out, 0);
        short[] impulse = new short[fromHz];
        impulse[0] = 30_000;
        short[] late = resample(resampler, impulse, () -> fromHz);
        assertThat(late).isEqualTo(resample(new Resampler(fromHz, toHz), impulse, () -> fromHz));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void saturatesInsteadOfWrapping(int fromHz, int toHz) {
        short[] full = new short[fromHz / 5];
        short[] half = new short[full.length];
        for (int i = 0; i < full.length; i++) {
            full[i] = (short) (i / (fromHz / 400) % 2 == 0 ? 32_766 : -32_766);
            half[i] = (short) (full[i] / 2);
        }
        short[] loud = resample(new Resampler(fromHz, toHz), full, () -> fromHz / 50);
        short[] soft = resample(new Resampler(fromHz, toHz), half, () -> fromHz / 50);
        int clipped = 0;
        for (int i = 0; i < loud.length; i++) {
            int unclipped = 2 * soft[i];
            int expected = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, unclipped));
            assertThat((int) loud[i]).isCloseTo(expected, within(2));
            clipped += unclipped == expected ? 0 : 1;
        }
        assertThat(clipped).as("samples that overflow").isPositive();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void beginsANewStreamAfterReset(int fromHz, int toHz) {
        short[] in = noise(1_001);
        Resampler resampler = new Resampler(fromHz, toHz);
        short[] first = resample(resampler, in, () -> 77);
        assertThat(resample(resampler, in, () -> 77)).isNotEqualTo(first);
        resampler.reset();
        assertThat(resample(resampler, in, () -> 77)).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void allocatesNothingPerFrame(int fromHz, int toHz) {
        Resampler resampler = new Resampler(fromHz, toHz);
        short[] frame = noise(fromHz / 50);
        short[] out = new short[resampler.maxOutput(frame.length)];
        assertThat(Allocation.perRun(() -> resampler.resample(frame, 0, frame.length, out, 0)))
                .isLessThan(1);
    }

    @ParameterizedTest
    @CsvSource({"16000, 24000", "24000, 16000", "22050, 48000", "44100, 16000", "48000, 24000"})
    void convertsBetweenOtherRatesInProportion(int fromHz, int toHz) {
        int lower = Math.min(fromHz, toHz);
        for (int hz = lower / 16; hz <= lower * 17 / 40; hz += lower / 16) {
            short[] out = tone(hz, fromHz, toHz);
            double amplitude = Tone.line(out, toHz, toHz, hz).amplitude();
            assertThat(Tone.dB(amplitude / LOUD)).isBetween(-0.1, 0.1);
            assertThat(Tone.sinad(out, toHz, toHz, hz)).isGreaterThanOrEqualTo(70);
        }
    }

    @Test
    void copiesWhereTheRatesAreEqual() {
        short[] in = noise(1_000);
        Resampler resampler = new Resampler(8_000, 8_000);
        assertThat(resample(resampler, in, () -> 161)).isEqualTo(in);
        assertThat(resampler.delayMs()).isZero();
    }

    @Test
    void sharesOneFilterBetweenAllStreamsOfARatio() {
        assertThat(FilterBank.between(8_000, 16_000)).isSameAs(FilterBank.between(24_000, 48_000));
    }

    @Test
    void refusesRatesItHasNoFilterFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resampler(8_000, 44_101))
                .withMessageContaining("8000 Hz")
                .withMessageContaining("44101 Hz");
        assertThatIllegalArgumentException().isThrownBy(() -> new Resampler(0, 8_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new Resampler(8_000, -1));
    }

    @Test
    void takesNothingWhenThereIsNoRoom() {
        short[] in = noise(320);
        Resampler resampler = new Resampler(8_000, 16_000);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> resampler.resample(in, 0, 320, new short[639], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> resampler.resample(in, 1, 320, new short[640], 0));
        assertThat(resample(resampler, in, () -> 320)).isEqualTo(resample(new Resampler(8_000, 16_000), in, () -> 320));
    }

    /** Two seconds of the tone through a fresh stream in frames of 20 ms; the second one is past the start. */
    private static short[] tone(int hz, int fromHz, int toHz) {
        return resample(new Resampler(fromHz, toHz), Tone.sine(hz, LOUD, fromHz, 2 * fromHz), () -> fromHz / 50);
    }

    private static short[] resample(Resampler resampler, short[] in, IntSupplier chunk) {
        short[] out = new short[resampler.maxOutput(in.length)];
        int written = 0;
        for (int taken = 0, length; taken < in.length; taken += length) {
            length = Math.min(chunk.getAsInt(), in.length - taken);
            short[] part = new short[resampler.maxOutput(length)];
            int count = resampler.resample(in, taken, length, part, 0);
            System.arraycopy(part, 0, out, written, count);
            written += count;
        }
        return Arrays.copyOf(out, written);
    }

    private static int outputs(int inputs, int fromHz, int toHz) {
        return (int) (((long) inputs * toHz + fromHz - 1) / fromHz);
    }

    private static short[] noise(int samples) {
        Random random = new Random(samples);
        short[] noise = new short[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
        }
        return noise;
    }
}
