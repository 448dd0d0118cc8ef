package dev.patchbay.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The yardstick itself: a frame lost, swapped or damaged on its way must show. */
class CallerTest {

    private final Tally tally = new Tally();
    private final Caller caller =
            new Caller(WebSocketPeer.scratch(), 3, CallAddress.plain(URI.create("ws://127.0.0.1:1/media")), tally);
    private EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void open() {
        channel = new EmbeddedChannel(caller);
        channel.writeInbound(Unpooled.copiedBuffer("HTTP/1.1 101 Switching Protocols\r\n\r\n", ISO_8859_1));
        channel.releaseOutbound();
    }

    @Test
    void acceptsAnOrderlyEcho() {
        echo(speak(20));

        assertThat(caller.received()).isEqualTo(20);
        assertThat(tally.misplaced()).isZero();
    }

    @Test
    void countsTwoFramesInOneMessageAsTwo() {
        List<byte[]> spoken = speak(2);
        byte[] both = new byte[2 * LevelCode.FRAME_BYTES];
        for (int frame = 0; frame < 2; frame++) {
            byte[] decoded = Base64.getDecoder().decode(spoken.get(frame));
            System.arraycopy(decoded, 0, both, frame * LevelCode.FRAME_BYTES, LevelCode.FRAME_BYTES);
        }
        echo(List.of(Base64.getEncoder().encode(both)));

        assertThat(caller.received()).isEqualTo(2);
        assertThat(tally.misplaced()).isZero();
    }

    @Test
    void noticesSwappedFrames() {
        List<byte[]> spoken = speak(4);
        echo(List.of(spoken.get(0), spoken.get(2), spoken.get(1), spoken.get(3)));

        assertThat(tally.misplaced()).isEqualTo(2);
    }

    @Test
    void noticesALostFrame() {
        List<byte[]> spoken = new ArrayList<>(speak(10));
        spoken.remove(4);
        echo(spoken);

        assertThat(caller.sent() - caller.received()).isEqualTo(1);
        assertThat(tally.misplaced()).isEqualTo(5);
    }

    @Test
    void noticesAnEchoOfNothing() {
        List<byte[]> spoken = new ArrayList<>(speak(1));
        spoken.add(spoken.get(0));
        echo(spoken);

        assertThat(tally.framesUnasked()).isEqualTo(1);
    }

    @Test
    void returnsMarks() {
        receive("{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"turn-7\"}}");

        assertThat(text(channel.readOutbound())).contains("\"event\":\"mark\"").contains("\"name\":\"turn-7\"");
    }

    /** Speaks some frames and returns their payloads as they left. */
    private List<byte[]> speak(int frames) {
        List<byte[]> payloads = new ArrayList<>();
        for (int frame = 0; frame < frames; frame++) {
            caller.speak(System.nanoTime());
            String message = text(channel.readOutbound());
            int from = message.indexOf("\"payload\":\"") + 11;
            payloads.add(message.substring(from, message.indexOf('"', from)).getBytes(ISO_8859_1));
        }
        return payloads;
    }

    private void echo(List<byte[]> payloads) {
        payloads.forEach(payload -> receive("{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\""
                + new String(payload, ISO_8859_1) + "\"}}"));
    }

    private void receive(String message) {
        byte[] text = message.getBytes(ISO_8859_1);
        channel.writeInbound(Frames.unmasked(channel.alloc(), Frames.TEXT, text, text.length));
    }

    /** The text of a masked frame with an extended or short length. */
    private static String text(ByteBuf frame) {
        int length = frame.getByte(1) & 0x7f;
        int head = length == 126 ? 4 : 2;
        byte[] text = new byte[frame.readableBytes() - head - 4];
        frame.getBytes(head + 4, text);
        Frames.mask(text, text.length, frame.getInt(head));
        frame.release();
        return new String(text, ISO_8859_1);
    }
}
