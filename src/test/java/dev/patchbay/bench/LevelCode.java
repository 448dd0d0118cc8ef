package dev.patchbay.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Frames that can be told apart after mu-law, resampling and mu-law again: each of 160 bytes holds one of 16 constant levels, and
 * 16 frames in a row hold 16 different ones. Neighbouring levels are at least a factor 1.6 apart, so that a filter's ripple does not matter;
 * the level is read near the frame's end, where its beginning has rung out.
 */
final class LevelCode {

    /** Bytes (and samples) of 20 ms of mu-law at 8000 Hz. */
    static final int FRAME_BYTES = 160;

    static final int LEVELS = 16;

    private static final int SETTLED_BYTE = 150;
    private static final int[] AMPLITUDES = {300, 520, 900, 1560, 2700, 4700, 8200, 14300};

    private static final byte[] LEVEL_OF_CODE = levelOfCode();
    private static final byte[][] PAYLOADS = payloads();
    private static final byte[] SEXTETS = sextets();

    private LevelCode() {}

    /** Which level frame {@code number} of call {@code call} carries. */
    static int level(int call, long number) {
        return (int) (number * 7 + call & LEVELS - 1);
    }

    /** The frame's 216 base64 characters. */
    static byte[] payload(int level) {
        return PAYLOADS[level];
    }

    /** The level heard in frame {@code frame} of a base64 payload of {@code bytes} bytes that begins at {@code from}. */
    static int heard(byte[] text, int from, int frame, int bytes) {
        int at = Math.min(bytes - 1, frame * FRAME_BYTES + SETTLED_BYTE) / 3;
        int group = from + at * 4;
        int code = SEXTETS[text[group]] << 2 | SEXTETS[text[group + 1]] >> 4;
        return LEVEL_OF_CODE[code & 0xff];
    }

    /** G.711 mu-law, decoded. */
    static int linear(int code) {
        int inverted = ~code & 0xff;
        int magnitude = ((inverted & 0x0f) << 3) + 132 << (inverted >> 4 & 7);
        return (inverted & 0x80) != 0 ? 132 - magnitude : magnitude - 132;
    }

    private static int amplitude(int level) {
        return level < 8 ? AMPLITUDES[level] : -AMPLITUDES[level - 8];
    }

    private static byte[] levelOfCode() {
        byte[] levels = new byte[256];
        for (int code = 0; code < 256; code++) {
            int sample = linear(code);
            double closest = Double.MAX_VALUE;
            for (int level = 0; level < LEVELS; level++) {
                boolean sameSign = sample < 0 == amplitude(level) < 0;
                double distance = Math.abs(Math.log((Math.abs(sample) + 1.0) / Math.abs(amplitude(level))));
                if (sameSign && distance < closest) {
                    closest = distance;
                    levels[code] = (byte) level;
                }
            }
            if (closest > Math.log(1.25)) {
                levels[code] = -1;
            }
        }
        return levels;
    }

    private static byte[][] payloads() {
        byte[][] payloads = new byte[LEVELS][];
        for (int level = 0; level < LEVELS; level++) {
            byte[] frame = new byte[FRAME_BYTES];
            Arrays.fill(frame, closestCode(amplitude(level)));
            payloads[level] = Base64.getEncoder().encodeToString(frame).getBytes(StandardCharsets.ISO_8859_1);
        }
        return payloads;
    }

    private static byte closestCode(int sample) {
        int best = 0;
        for (int code = 1; code < 256; code++) {
            if (Math.abs(linear(code) - sample) < Math.abs(linear(best) - sample)) {
                best = code;
            }
        }
        return (byte) best;
    }

    private static byte[] sextets() {
        byte[] sextets = new byte[128];
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int value = 0; value < 64; value++) {
            sextets[alphabet.charAt(value)] = (byte) value;
        }
        return sextets;
    }
}
