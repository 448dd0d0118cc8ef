package dev.patchbay.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * Something that is served as it is.
 *
 * @param contentType its media type
 * @param bytes its size
 * @param version changes with the content; letters and digits, {@code -} and {@code _}
 * @param expiresAt when it will no longer be there
 */
public record HostedMedia(String contentType, long bytes, String version, Instant expiresAt, Content content) {

    /** The bytes. */
    @FunctionalInterface
    public interface Content {

        /** A stream that begins with byte {@code from}. Blocks. */
        InputStream open(long from) throws IOException;
    }
}
