package dev.patchbay.media;

import io.netty.buffer.ByteBuf;
import io.vertx.core.http.WebSocketFrame;
import java.util.Arrays;

/**
 * Puts a WebSocket's text messages together, up to a limit, and gives them as bytes in place: nearly every message is one
 * frame, and its bytes need not be copied into a String. Owned by one socket.
 */
public final class MessageAssembler {

    /** Takes a whole text message; the array is valid only during the call. */
    @FunctionalInterface
    public interface TextMessage {
        void accept(byte[] utf8, int from, int to);
    }

    private final int limit;
    private final TextMessage handler;
    private final Runnable tooLong;
    private final Runnable binary;
    private byte[] parts = new byte[0];
    private int length = -1;

    /**
     * @param limit bytes of one message
     * @param tooLong runs for a message over the limit: the socket should be closed with 1009
     * @param binary runs for a binary message, which is otherwise ignored
     */
    public MessageAssembler(int limit, TextMessage handler, Runnable tooLong, Runnable binary) {
        this.limit = limit;
        this.handler = handler;
        this.tooLong = tooLong;
        this.binary = binary;
    }

    /** Takes a frame as it comes from the socket. */
    public void frame(WebSocketFrame frame) {
        if (frame.isText()) {
            if (frame.isFinal()) {
                whole(bytes(frame));
            } else {
                length = 0;
                append(bytes(frame));
            }
        } else if (frame.isContinuation() && length >= 0) {
            append(bytes(frame));
            if (frame.isFinal() && length >= 0) {
                handler.accept(parts, 0, length);
                length = -1;
                parts = new byte[0];
            }
        } else if (frame.isBinary()) {
            binary.run();
        }
    }

    private void whole(ByteBuf bytes) {
        int size = bytes.readableBytes();
        if (size > limit) {
            tooLong.run();
        } else if (bytes.hasArray()) {
            int from = bytes.arrayOffset() + bytes.readerIndex();
            handler.accept(bytes.array(), from, from + size);
        } else {
            byte[] copy = new byte[size];
            bytes.getBytes(bytes.readerIndex(), copy);
            handler.accept(copy, 0, size);
        }
    }

    private void append(ByteBuf bytes) {
        int size = bytes.readableBytes();
        if (length + size > limit) {
            length = -1;
            parts = new byte[0];
            tooLong.run();
            return;
        }
        if (length + size > parts.length) {
            parts = Arrays.copyOf(parts, Math.max(length + size, Math.min(limit, parts.length * 2)));
        }
        bytes.getBytes(bytes.readerIndex(), parts, length, size);
        length += size;
    }

    private static ByteBuf bytes(WebSocketFrame frame) {
        return frame.binaryData().getByteBuf();
    }
}
