package dev.patchbay.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageAssemblerTest {

    private static final int KIB_64 = 64 * 1024;
    private static final int MIB_16 = 16 * 1024 * 1024;

    private final List<String> messages = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private int tooLong;
    private int binary;

    @Test
    void aWholeMessageIsGivenInPlace() {
        MessageAssembler assembler = assembler(KIB_64);
        assembler.frame(text("hällo", true));
        assembler.frame(text("", true));
        assertThat(messages).containsExactly("hällo", "");
    }

    @Test
    void readsBytesThatStandOutsideOfTheHeap() {
        byte[] hello = "hello".getBytes(UTF_8);
        assembler(KIB_64)
                .frame(new WebSocketFrameImpl(
                        WebSocketFrameType.TEXT,
                        Unpooled.directBuffer().writeBytes(hello).skipBytes(1),
                        true));
        assertThat(messages).containsExactly("ello");
    }

    @Test
    void putsFragmentsTogether() {
        MessageAssembler assembler = assembler(KIB_64);
        assembler.frame(text("one ", false));
        assembler.frame(more("two ", false));
        assembler.frame(more("", false));
        assertThat(messages).isEmpty();
        assembler.frame(more("three", true));
        assembler.frame(text("next", true));
        assembler.frame(text("a", false));
        assembler.frame(more("b", true));
        assertThat(messages).containsExactly("one two three", "next", "ab");
    }

    @Test
    void aCharacterMayBeCutInTwo() {
        byte[] euro = "€".getBytes(UTF_8);
        MessageAssembler assembler = assembler(KIB_64);
        assembler.frame(frame(WebSocketFrameType.TEXT, Arrays.copyOf(euro, 1), false));
        assembler.frame(frame(WebSocketFrameType.CONTINUATION, Arrays.copyOfRange(euro, 1, 3), true));
        assertThat(messages).containsExactly("€");
    }

    @Test
    void aFragmentWithoutABeginningIsIgnored() {
        MessageAssembler assembler = assembler(KIB_64);
        assembler.frame(more("lost", false));
        assembler.frame(more("lost", true));
        assertThat(messages).isEmpty();
        assertThat(tooLong + binary).isZero();
    }

    @Test
    void binaryIsReportedAndItsFragmentsAreIgnored() {
        MessageAssembler assembler = assembler(KIB_64);
        assembler.frame(frame(WebSocketFrameType.BINARY, new byte[] {1}, false));
        assembler.frame(more("x", true));
        assembler.frame(text("text", true));
        assertThat(binary).isEqualTo(1);
        assertThat(messages).containsExactly("text");
    }

    @ParameterizedTest
    @ValueSource(ints = {KIB_64, MIB_16})
    void theLimitIsTheLastLengthThatIsTaken(int limit) {
        MessageAssembler assembler = assembler(limit);
        assembler.frame(frame(WebSocketFrameType.TEXT, new byte[limit], true));
        assertThat(sizes).containsExactly(limit);
        assertThat(tooLong).isZero();
        assembler.frame(frame(WebSocketFrameType.TEXT, new byte[limit + 1], true));
        assertThat(sizes).hasSize(1);
        assertThat(tooLong).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {KIB_64, MIB_16})
    void theLimitIsOfAllFragmentsTogether(int limit) {
        MessageAssembler assembler = assembler(limit);
        fragments(assembler, limit);
        assertThat(sizes).containsExactly(limit);
        assertThat(tooLong).isZero();

        fragments(assembler, limit + 1);
        assertThat(sizes).hasSize(1);
        assertThat(tooLong).as("said once").isEqualTo(1);
    }

    private static void fragments(MessageAssembler assembler, int length) {
        int piece = length / 7;
        assembler.frame(frame(WebSocketFrameType.TEXT, new byte[piece], false));
        for (int sent = piece; sent < length; sent += piece) {
            int next = Math.min(piece, length - sent);
            assembler.frame(frame(WebSocketFrameType.CONTINUATION, new byte[next], sent + next == length));
        }
    }

    private MessageAssembler assembler(int limit) {
        return new MessageAssembler(
                limit,
                (utf8, from, to) -> {
                    sizes.add(to - from);
                    messages.add(to - from < 1_000 ? new String(utf8, from, to - from, UTF_8) : "long");
                },
                () -> tooLong++,
                () -> binary++);
    }

    private static WebSocketFrame text(String text, boolean last) {
        return frame(WebSocketFrameType.TEXT, text.getBytes(UTF_8), last);
    }

    private static WebSocketFrame more(String text, boolean last) {
        return frame(WebSocketFrameType.CONTINUATION, text.getBytes(UTF_8), last);
    }

    private static WebSocketFrame frame(WebSocketFrameType type, byte[] bytes, boolean last) {
        return switch (type) {
            case BINARY -> WebSocketFrame.binaryFrame(Buffer.buffer(bytes), last);
            case CONTINUATION -> WebSocketFrame.continuationFrame(Buffer.buffer(bytes), last);
            default -> new WebSocketFrameImpl(type, bytes, last);
        };
    }
}
