package dev.patchbay.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whole WebSocket frames (RFC 6455) on byte arrays: what a load generator needs and no more. */
final class Frames {

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /** A frame as servers send it. */
    static ByteBuf unmasked(ByteBufAllocator allocator, int opcode, byte[] payload, int length) {
        return head(allocator, opcode, length, 0).writeBytes(payload, 0, length);
    }

    /** A frame as clients send it; {@code payload} is overwritten by its masked form. */
    static ByteBuf masked(ByteBufAllocator allocator, int opcode, byte[] payload, int length, int key) {
        mask(payload, length, key);
        return head(allocator, opcode, length, 0x80).writeInt(key).writeBytes(payload, 0, length);
    }

    /** Masks or unmasks in place; {@code key} is the four bytes as they stand on the wire. */
    static void mask(byte[] payload, int length, int key) {
        long wide = (long) key << 32 | key & 0xffffffffL;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            LONGS.set(payload, at, (long) LONGS.get(payload, at) ^ wide);
        }
        for (; at < length; at++) {
            payload[at] ^= (byte) (key >>> 24 - 8 * (at & 3));
        }
    }

    private static ByteBuf head(ByteBufAllocator allocator, int opcode, int length, int maskBit) {
        ByteBuf frame = allocator.directBuffer(length + 14).writeByte(0x80 | opcode);
        if (length < 126) {
            return frame.writeByte(maskBit | length);
        }
        if (length < 65_536) {
            return frame.writeByte(maskBit | 126).writeShort(length);
        }
        return frame.writeByte(maskBit | 127).writeLong(length);
    }
}
