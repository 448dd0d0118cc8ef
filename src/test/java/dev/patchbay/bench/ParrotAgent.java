package dev.patchbay.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The agent's side of the ElevenLabs protocol (contract: Agents, asyncapi of the vendor): answers each {@code user_audio_chunk}
 * with an {@code audio} message of the same base64, so input and output format are equal. Also answers the plain HTTP requests
 * that come before: the signed URL, and {@code {}} for everything else.
 */
final class ParrotAgent extends WebSocketPeer {

    private static final byte[] CHUNK = "\"user_audio_chunk\"".getBytes(ISO_8859_1);
    private static final byte[] BEFORE =
            "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"".getBytes(ISO_8859_1);
    private static final byte[] BETWEEN = "\",\"event_id\":".getBytes(ISO_8859_1);
    private static final byte[] INITIATION = "conversation_initiation_client_data".getBytes(ISO_8859_1);

    private final String format;
    private final AtomicInteger conversations;
    private byte[] answer = new byte[2048];
    private int eventId;

    /**
     * @param format wire name of both directions, such as {@code pcm_16000}
     * @param conversations counts each conversation once it is initiated
     */
    ParrotAgent(byte[] scratch, String format, AtomicInteger conversations) {
        super(scratch);
        this.format = format;
        this.conversations = conversations;
        System.arraycopy(BEFORE, 0, answer, 0, BEFORE.length);
    }

    @Override
    boolean onHead(ChannelHandlerContext context, String head) {
        String key = header(head, "sec-websocket-key");
        if (key.isEmpty()) {
            String signedUrl =
                    "{\"signed_url\":\"ws://" + header(head, "host") + "/agent?conversation_signature=bench\"}";
            String body = head.contains("signed") ? signedUrl : "{}";
            context.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body));
            return false;
        }
        context.write(ascii("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n"));
        return true;
    }

    @Override
    void onText(ChannelHandlerContext context, byte[] text, int length) {
        int chunk = after(CHUNK, text, 0, Math.min(length, 40));
        if (chunk >= 0) {
            int from = afterQuote(text, chunk);
            int base64 = afterQuote(text, from) - 1 - from;
            int at = BEFORE.length;
            if (at + base64 + 32 > answer.length) {
                answer = Arrays.copyOf(answer, at + base64 + 32);
            }
            System.arraycopy(text, from, answer, at, base64);
            at += base64;
            System.arraycopy(BETWEEN, 0, answer, at, BETWEEN.length);
            at = Digits.put(answer, at + BETWEEN.length, ++eventId);
            answer[at++] = '}';
            answer[at++] = '}';
            context.write(Frames.unmasked(context.alloc(), Frames.TEXT, answer, at), context.voidPromise());
        } else if (after(INITIATION, text, 0, length) >= 0) {
            byte[] metadata =
                    ("{\"type\":\"conversation_initiation_metadata\",\"conversation_initiation_metadata_event\":"
                                    + "{\"conversation_id\":\"conv_" + conversations.get()
                                    + "\",\"agent_output_audio_format\":\""
                                    + format + "\",\"user_input_audio_format\":\"" + format + "\"}}")
                            .getBytes(ISO_8859_1);
            context.write(Frames.unmasked(context.alloc(), Frames.TEXT, metadata, metadata.length));
            conversations.incrementAndGet();
        }
    }

    static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, ISO_8859_1);
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
