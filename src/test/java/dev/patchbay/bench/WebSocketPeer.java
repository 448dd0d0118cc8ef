package dev.patchbay.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a WebSocket: an HTTP head, then whole frames, both handed on from one reused array. Much cheaper than a general
 * handler chain, so that the generator is not what the bench measures. Fragmented messages are refused.
 */
abstract class WebSocketPeer extends ChannelInboundHandlerAdapter {

    /** Longest message either end of a measured call sends. */
    private static final int LONGEST = 65_536;

    private final byte[] message;
    private @Nullable ByteBuf rest;
    private boolean upgraded;

    /** @param scratch shared by all peers of one event loop, at least 64 KiB */
    WebSocketPeer(byte[] scratch) {
        this.message = scratch;
    }

    static byte[] scratch() {
        return new byte[LONGEST];
    }

    /** The HTTP head, lines and all; true when frames follow. */
    abstract boolean onHead(ChannelHandlerContext context, String head);

    abstract void onText(ChannelHandlerContext context, byte[] text, int length);

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        ByteBuf in = (ByteBuf) read;
        if (rest != null) {
            rest.writeBytes(in);
            in.release();
            in = rest;
            rest = null;
        }
        boolean more = true;
        while (more && in.isReadable()) {
            more = upgraded ? frame(context, in) : head(context, in);
        }
        if (in.isReadable()) {
            rest = context.alloc()
                    .buffer(Math.max(2048, 2 * in.readableBytes()))
                    .writeBytes(in);
        }
        in.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // The other side hung up: that is counted, and would be told once per frame.
        if (!(cause instanceof IOException)) {
            System.err.println(getClass().getSimpleName() + ": " + cause);
        }
        context.close();
    }

    private boolean head(ChannelHandlerContext context, ByteBuf in) {
        String text = in.toString(ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        in.skipBytes(end + 4);
        upgraded = onHead(context, text.substring(0, end));
        return true;
    }

    private boolean frame(ChannelHandlerContext context, ByteBuf in) {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable < 2) {
            return false;
        }
        int second = in.getByte(start + 1);
        int length = second & 0x7f;
        int head = length < 126 ? 2 : length == 126 ? 4 : 10;
        int maskBytes = second < 0 ? 4 : 0;
        if (readable < head + maskBytes) {
            return false;
        }
        if (head > 2) {
            length = head == 4 ? in.getUnsignedShort(start + 2) : Math.toIntExact(in.getLong(start + 2));
        }
        if (length > LONGEST) {
            throw new IllegalStateException("message of " + length + " bytes");
        }
        int body = start + head + maskBytes;
        if (readable < body - start + length) {
            return false;
        }
        in.getBytes(body, message, 0, length);
        if (maskBytes > 0) {
            Frames.mask(message, length, in.getInt(start + head));
        }
        in.readerIndex(body + length);
        receive(context, in.getByte(start), length);
        return true;
    }

    private void receive(ChannelHandlerContext context, byte first, int length) {
        if (first >= 0) {
            throw new IllegalStateException("fragmented message");
        }
        switch (first & 0x0f) {
            case Frames.TEXT -> onText(context, message, length);
            case Frames.PING ->
                context.write(Frames.masked(context.alloc(), Frames.PONG, message, length, 0), context.voidPromise());
            case Frames.CLOSE -> context.close();
            default -> {}
        }
    }

    /** Position after {@code key} in the first {@code length} bytes, or -1. */
    static int after(byte[] key, byte[] text, int from, int length) {
        int last = length - key.length;
        for (int at = from; at <= last; at++) {
            int matched = 0;
            while (matched < key.length && text[at + matched] == key[matched]) {
                matched++;
            }
            if (matched == key.length) {
                return at + key.length;
            }
        }
        return -1;
    }

    /** Position of the character after the next quotation mark. */
    static int afterQuote(byte[] text, int from) {
        int at = from;
        while (text[at] != '"') {
            at++;
        }
        return at + 1;
    }
}
