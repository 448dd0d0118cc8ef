package dev.patchbay.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that a {@code Range} header asks for (RFC 9110, section 14).
 *
 * @param from first byte, 0 for the first of the body
 * @param length in bytes; 0 when the body has nothing of what was asked for (416)
 */
public record ByteRange(long from, long length) {

    private static final Pattern BYTES = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /**
     * The one range that is asked for. Empty when there is no header, when it is malformed or has another unit, and when
     * it has several ranges: a server may answer all of these with the whole body.
     *
     * @param size of the whole body in bytes
     */
    public static Optional<ByteRange> of(@Nullable String header, long size) {
        Matcher asked = BYTES.matcher(header == null ? "" : header);
        if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (asked.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(asked.group(2)), size);
            return Optional.of(new ByteRange(size - last, last));
        }
        long from = Long.parseLong(asked.group(1));
        long to = asked.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(asked.group(2));
        if (to < from) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(from, from >= size ? 0 : Math.min(to, size - 1) - from + 1));
    }

    /** The {@code Content-Range} of the answer. */
    public String contentRange(long size) {
        return length == 0 ? "bytes */" + size : "bytes %d-%d/%d".formatted(from, from + length - 1, size);
    }
}
