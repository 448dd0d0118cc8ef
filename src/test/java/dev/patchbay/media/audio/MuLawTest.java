package dev.patchbay.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MuLawTest {
    @Test
    void encodesEverySampleAsTheStandardDefines() {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            assertThat(MuLaw.encode(sample) & 0xFF).as("code of %d", sample).isEqualTo(standard(sample));
        }
    }

    @Test
    void takesSamplesBeyond16BitsAsTheLoudest() {
        assertThat(MuLaw.encode(40_000)).isEqualTo(MuLaw.encode(32_767)).isEqualTo((byte) 0x80);
        assertThat(MuLaw.encode(-40_000)).isEqualTo(MuLaw.encode(-32_768)).isEqualTo((byte) 0x00);
    }

    /** Table 2b of the standard, in our 16 bits: eight segments of sixteen steps, the step doubling from segment to segment. */
    @Test
    void decodesEveryCode() {
        int level = 0;
        int step = 8;
        for (int code = 0xFF; code >= 0x80; code--) {
            assertThat(MuLaw.decode((byte) code)).as("%02x", code).isEqualTo((short) level);
            assertThat(MuLaw.decode((byte) (code - 0x80)))
                    .as("%02x", code - 0x80)
                    .isEqualTo((short) -level);
            boolean lastOfSegment = (code & 0x0F) == 0;
            level += lastOfSegment ? step * 3 / 2 : step;
            step *= lastOfSegment ? 2 : 1;
        }
        assertThat(MuLaw.decode((byte) 0x80)).isEqualTo((short) 32_124);
    }

    @Test
    void keepsEveryCodeButNegativeZero() {
        for (int code = 0; code < 256; code++) {
            int expected = code == 0x7F ? 0xFF : code;
            assertThat(MuLaw.encode(MuLaw.decode((byte) code)) & 0xFF).isEqualTo(expected);
        }
    }

    @Test
    void differsFromTheCommonVariantOnlyAt127NegativeDecisionBoundaries() {
        int differing = 0;
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int ours = MuLaw.encode(sample) & 0xFF;
            int theirs = commonVariant(sample);
            if (ours != theirs) {
                differing++;
                assertThat(sample).isNegative();
                assertThat(ours - theirs).as("at %d", sample).isEqualTo(1);
            }
        }
        assertThat(differing).isEqualTo(127);
        assertThat(MuLaw.encode(-31_612)).isEqualTo((byte) 1);
        assertThat(commonVariant(-31_612)).isZero();
    }

    @Test
    void convertsRangesOfArraysAndNothingBesideThem() {
        byte[] codes = {9, 0x00, (byte) 0x80, (byte) 0xFF, 9};
        short[] samples = {7, 7, 7, 7, 7, 7};
        MuLaw.decode(codes, 1, 3, samples, 2);
        assertThat(samples).containsExactly(7, 7, -32_124, 32_124, 0, 7);
        byte[] again = {5, 5, 5, 5, 5};
        MuLaw.encode(samples, 2, 3, again, 1);
        assertThat(again).containsExactly(5, 0x00, 0x80, 0xFF, 5);
    }

    /** The standard's own procedure: 14 bits, ones' complement, a chord found by comparison. */
    private static int standard(int sample) {
        int magnitude = Math.min(((sample < 0 ? ~sample : sample) >> 2) + 33, 0x1FFF);
        int segment = 0;
        for (int bound = 0x3F; magnitude > bound; bound = (bound << 1) | 1) {
            segment++;
        }
        int high = 8 - segment;
        int low = 0x0F - ((magnitude >> (segment + 1)) & 0x0F);
        int code = (((high - 1) & 0x07) << 4) | low;
        return sample >= 0 ? code | 0x80 : code;
    }

    private static int commonVariant(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
        int exponent = 7;
        for (int mask = 0x4000; (magnitude & mask) == 0 && exponent > 0; mask >>= 1) {
            exponent--;
        }
        return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0F)) & 0xFF;
    }
}
