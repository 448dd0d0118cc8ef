package dev.patchbay.media.audio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Samples as bytes: signed 16-bit, little-endian. */
final class Pcm {
    private static final VarHandle SAMPLE =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private Pcm() {}

    /** Reads {@code length} samples from the bytes at {@code from}. */
    static void decode(byte[] bytes, int from, int length, short[] samples, int to) {
        for (int i = 0; i < length; i++) {
            samples[to + i] = (short) SAMPLE.get(bytes, from + 2 * i);
        }
    }

    /** Writes {@code length} samples as twice as many bytes at {@code to}. */
    static void encode(short[] samples, int from, int length, byte[] bytes, int to) {
        for (int i = 0; i < length; i++) {
            SAMPLE.set(bytes, to + 2 * i, samples[from + i]);
        }
    }
}
