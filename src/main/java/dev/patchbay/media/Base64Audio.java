package dev.patchbay.media;

import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 with arrays that are used again: the JDK's coder, which the JIT turns into vector code, wants arrays of exactly
 * the right length, and one call's chunks are nearly always equally long. Owned by one direction of one call.
 */
public final class Base64Audio {

    private byte[] text = new byte[0];
    private byte[] audio = new byte[0];
    private byte[] exact = new byte[0];

    /** Decoded audio of the last {@link #decode}. */
    public byte[] audio() {
        return audio;
    }

    /**
     * Decodes the text that stands in {@code source} between two indexes.
     *
     * @return bytes now in {@link #audio()}
     * @throws IllegalArgumentException when it is not base64
     */
    public int decode(byte[] source, int from, int to) {
        int length = to - from;
        if (text.length != length) {
            text = new byte[length];
        }
        System.arraycopy(source, from, text, 0, length);
        int needed = length / 4 * 3 + 3;
        if (audio.length < needed) {
            audio = new byte[needed];
        }
        return Base64.getDecoder().decode(text, audio);
    }

    /** A new array: {@code before}, the audio in base64, {@code after}. */
    public byte[] message(byte[] before, byte[] source, int length, byte[] after) {
        byte[] whole = source;
        if (source.length != length) {
            if (exact.length != length) {
                exact = new byte[length];
            }
            System.arraycopy(source, 0, exact, 0, length);
            whole = exact;
        }
        int encoded = (length + 2) / 3 * 4;
        if (text.length != encoded) {
            text = new byte[encoded];
        }
        Base64.getEncoder().encode(whole, text);
        byte[] message = Arrays.copyOf(before, before.length + encoded + after.length);
        System.arraycopy(text, 0, message, before.length, encoded);
        System.arraycopy(after, 0, message, before.length + encoded, after.length);
        return message;
    }
}
