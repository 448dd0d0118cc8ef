package dev.patchbay.media.audio;

/**
 * Mu-law exactly as ITU-T G.711 defines it, by table: 16-bit linear samples to and from 8-bit codes.
 *
 * <p>The standard works on 14 bits and takes the magnitude of a negative sample as its ones' complement. Common
 * implementations negate instead, which puts 127 of the 65,536 inputs one code away from the standard's. Every code but
 * {@code 0x7F} (negative zero) survives decoding and encoding unchanged.
 */
public final class MuLaw {
    private static final int BIAS = 33;
    private static final int CLIP = 0x1FFF;

    /** One code per 14-bit sample: the standard never sees the two lowest of our 16 bits. */
    private static final byte[] CODES = new byte[1 << 14];

    private static final short[] SAMPLES = new short[256];

    static {
        for (int i = 0; i < CODES.length; i++) {
            CODES[i] = compress((short) (i << 2));
        }
        for (int code = 0; code < SAMPLES.length; code++) {
            SAMPLES[code] = expand(code);
        }
    }

    private MuLaw() {}

    /** The code of one sample; values beyond 16 bits are taken as the loudest of their sign. */
    public static byte encode(int sample) {
        return code((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample)));
    }

    /** The sample of one code, a multiple of 4 between -32,124 and 32,124. */
    public static short decode(byte code) {
        return SAMPLES[code & 0xFF];
    }

    /** Decodes {@code length} codes at {@code from} into as many samples at {@code to}. */
    public static void decode(byte[] codes, int from, int length, short[] samples, int to) {
        for (int i = 0; i < length; i++) {
            samples[to + i] = SAMPLES[codes[from + i] & 0xFF];
        }
    }

    /** Encodes {@code length} samples at {@code from} into as many codes at {@code to}. */
    public static void encode(short[] samples, int from, int length, byte[] codes, int to) {
        for (int i = 0; i < length; i++) {
            codes[to + i] = code(samples[from + i]);
        }
    }

    private static byte code(short sample) {
        return CODES[(sample >> 2) & (CODES.length - 1)];
    }

    private static byte compress(int sample) {
        int magnitude = Math.min(((sample < 0 ? ~sample : sample) >> 2) + BIAS, CLIP);
        int segment = 26 - Integer.numberOfLeadingZeros(magnitude);
        int step = (magnitude >> (segment + 1)) & 0x0F;
        int sign = sample < 0 ? 0x80 : 0;
        return (byte) ~(sign | (segment << 4) | step);
    }

    private static short expand(int code) {
        int bits = ~code;
        int magnitude = (((bits & 0x0F) << 1) | BIAS) << (bits >> 4 & 0x07);
        int sample = (magnitude - BIAS) << 2;
        return (short) ((bits & 0x80) == 0 ? sample : -sample);
    }
}
