package dev.patchbay.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's side of one call (contract: Media Streams): connected, start, one media message per {@link #speak}, marks echoed, stop.
 * Frames come back in the order in which they left, so the k-th frame received answers the k-th sent; {@link LevelCode} checks it.
 */
final class Caller extends WebSocketPeer {

    private static final byte[] PAYLOAD = "\"payload\"".getBytes(ISO_8859_1);
    private static final byte[] MARK = "\"mark\"".getBytes(ISO_8859_1);
    private static final byte[] NAME = "\"name\"".getBytes(ISO_8859_1);
    private static final byte[] SEQUENCE = "{\"event\":\"media\",\"sequenceNumber\":\"".getBytes(ISO_8859_1);
    private static final byte[] CHUNK = "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"".getBytes(ISO_8859_1);
    private static final byte[] TIMESTAMP = "\",\"timestamp\":\"".getBytes(ISO_8859_1);
    private static final byte[] AUDIO = "\",\"payload\":\"".getBytes(ISO_8859_1);
    private static final int MASK_KEY = 0x5a17c3e9;

    /** Sent frames that may be under way at once: 10 s. */
    private static final int UNDER_WAY = 512;

    private final int number;
    private final CallAddress address;
    private final Tally tally;
    private final byte[] out = new byte[640];
    private final byte[] tail;
    private final String streamSid;
    private final long[] sentAt = new long[UNDER_WAY];
    private final CompletableFuture<Caller> started = new CompletableFuture<>();
    private final CompletableFuture<Caller> closed = new CompletableFuture<>();
    private @Nullable Channel channel;
    private long sent;
    private long received;
    private boolean ending;

    Caller(byte[] scratch, int number, CallAddress address, Tally tally) {
        super(scratch);
        this.number = number;
        this.address = address;
        this.tally = tally;
        this.streamSid = "MZ" + address.callSid().substring(2);
        this.tail = ("\"},\"streamSid\":\"" + streamSid + "\"}").getBytes(ISO_8859_1);
    }

    /** Done when the socket is open and {@code start} is sent. */
    CompletableFuture<Caller> started() {
        return started;
    }

    CompletableFuture<Caller> closed() {
        return closed;
    }

    long sent() {
        return sent;
    }

    long received() {
        return received;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        URI url = address.streamUrl();
        String signature = address.signature().isEmpty() ? "" : "X-Twilio-Signature: " + address.signature() + "\r\n";
        String head = "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n" + signature + "\r\n";
        context.writeAndFlush(Unpooled.copiedBuffer(head, ISO_8859_1));
    }

    @Override
    boolean onHead(ChannelHandlerContext context, String head) {
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException(head.lines().findFirst().orElse("no answer"));
        }
        send("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        send("{\"event\":\"start\",\"sequenceNumber\":\"1\",\"start\":{\"accountSid\":\"" + address.accountSid()
                + "\",\"streamSid\":\"" + streamSid + "\",\"callSid\":\"" + address.callSid()
                + "\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1},"
                + "\"customParameters\":" + address.parametersJson() + "},\"streamSid\":\"" + streamSid + "\"}");
        started.complete(this);
        return true;
    }

    /** Sends the next 20 ms. On the event loop. */
    void speak(long now) {
        if (channel == null || !channel.isActive()) {
            return;
        }
        byte[] payload = LevelCode.payload(LevelCode.level(number, sent));
        int at = append(0, SEQUENCE);
        at = append(Digits.put(out, at, sent + 2), CHUNK);
        at = append(Digits.put(out, at, sent + 1), TIMESTAMP);
        at = append(Digits.put(out, at, sent * 20), AUDIO);
        at = append(append(at, payload), tail);
        sentAt[(int) (sent % UNDER_WAY)] = now;
        sent++;
        channel.writeAndFlush(Frames.masked(channel.alloc(), Frames.TEXT, out, at, MASK_KEY), channel.voidPromise());
    }

    /** Hangs up as Twilio does: stop, then the close of the socket. On the event loop. */
    void hangUp() {
        ending = true;
        if (channel == null || !channel.isActive()) {
            closed.complete(this);
            return;
        }
        send("{\"event\":\"stop\",\"sequenceNumber\":\"" + (sent + 2) + "\",\"stop\":{\"accountSid\":\""
                + address.accountSid() + "\",\"callSid\":\"" + address.callSid() + "\"},\"streamSid\":\"" + streamSid
                + "\"}");
        byte[] normal = {0x03, (byte) 0xe8};
        channel.writeAndFlush(Frames.masked(channel.alloc(), Frames.CLOSE, normal, normal.length, MASK_KEY));
    }

    @Override
    void onText(ChannelHandlerContext context, byte[] text, int length) {
        int payload = after(PAYLOAD, text, 0, length);
        if (payload >= 0) {
            hear(text, afterQuote(text, payload));
        } else if (after(MARK, text, 0, length) >= 0) {
            int name = afterQuote(text, after(NAME, text, 0, length));
            send("{\"event\":\"mark\",\"sequenceNumber\":\"" + (sent + 2) + "\",\"streamSid\":\"" + streamSid
                    + "\",\"mark\":{\"name\":\"" + new String(text, name, afterQuote(text, name) - 1 - name, ISO_8859_1)
                    + "\"}}");
        }
    }

    private void hear(byte[] text, int from) {
        int end = afterQuote(text, from) - 1;
        int padding = text[end - 2] == '=' ? 2 : text[end - 1] == '=' ? 1 : 0;
        int bytes = (end - from) / 4 * 3 - padding;
        // Rounded, because resamplers without memory return 159 bytes of 160.
        int frames = (bytes + LevelCode.FRAME_BYTES / 2) / LevelCode.FRAME_BYTES;
        long now = System.nanoTime();
        for (int frame = 0; frame < frames; frame++) {
            if (received >= sent) {
                tally.unasked();
                return;
            }
            boolean expected = LevelCode.heard(text, from, frame, bytes) == LevelCode.level(number, received);
            tally.frame(sentAt[(int) (received % UNDER_WAY)], now, expected);
            received++;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        super.channelInactive(context);
        if (!ending) {
            tally.lostCall();
        }
        started.completeExceptionally(new IllegalStateException("closed during set-up"));
        closed.complete(this);
    }

    private int append(int at, byte[] part) {
        System.arraycopy(part, 0, out, at, part.length);
        return at + part.length;
    }

    private void send(String json) {
        Channel open = channel;
        if (open != null) {
            byte[] text = json.getBytes(ISO_8859_1);
            open.writeAndFlush(Frames.masked(open.alloc(), Frames.TEXT, text, text.length, MASK_KEY));
        }
    }
}
