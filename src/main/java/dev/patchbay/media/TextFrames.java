package dev.patchbay.media;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;

/**
 * Sends bytes that are UTF-8 already as a text message. Vert.x has only a String method for it, which would encode every
 * frame's base64 twice; its own text method does the same with this class.
 */
public final class TextFrames {

    private TextFrames() {}

    /** The bytes are copied: masking reads a buffer of Netty's own in words, a wrapped array byte by byte. */
    public static void send(WebSocketBase socket, byte[] utf8) {
        ByteBuf bytes = VertxByteBufAllocator.DEFAULT.heapBuffer(utf8.length, utf8.length);
        bytes.writeBytes(utf8);
        socket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, bytes, true));
    }
}
