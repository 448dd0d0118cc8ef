package dev.patchbay.route.check;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whether a file is a text at all. */
final class FileContent {

    private FileContent() {}

    /** What keeps the file from being read as a text; nothing when it can be. */
    static Optional<RouteFinding> fault(RouteSources sources, String path) {
        String unread = sources.unread().get(path);
        if (unread != null) {
            return Optional.of(RouteFinding.of(path, unread));
        }
        byte[] content = sources.bytes(path);
        if (content.length >= 2
                && ((content[0] == (byte) 0xFF && content[1] == (byte) 0xFE)
                        || (content[0] == (byte) 0xFE && content[1] == (byte) 0xFF))) {
            return Optional.of(RouteFinding.of(path, "is UTF-16; save it as UTF-8"));
        }
        int bad = firstBad(content);
        if (bad >= 0) {
            int line = 1;
            int begin = 0;
            for (int i = 0; i < bad; i++) {
                if (content[i] == '\n') {
                    line++;
                    begin = i + 1;
                }
            }
            String what = content[bad] >= 0 ? "is no text" : "is not UTF-8";
            return Optional.of(new RouteFinding(
                    path, line, bad - begin + 1, "%s: byte 0x%02X".formatted(what, content[bad] & 0xFF), ""));
        }
        if (sources.text(path).isBlank()) {
            return Optional.of(RouteFinding.of(path, "is empty: still being written, or emptied by mistake"));
        }
        return Optional.empty();
    }

    /** Of a byte that no text in UTF-8 has; -1 when there is none. */
    private static int firstBad(byte[] content) {
        for (int i = 0; i < content.length; i++) {
            int value = content[i] & 0xFF;
            if (value < 0x20 && value != '\n' && value != '\r' && value != '\t') {
                return i;
            }
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(content);
        CoderResult result = decoder.decode(in, CharBuffer.allocate(content.length + 1), true);
        return result.isError() ? in.position() : -1;
    }
}
