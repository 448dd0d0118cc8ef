package dev.patchbay.provider;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream: a chunk is asked of the provider when the one before has been read, so that a slow
 * reader holds the provider back and not our memory. A provider that sends nothing for 30 s is given up. What goes wrong is
 * an {@link IOException} whose cause is the {@link PatchbayException} that it is to a caller.
 */
final class ProviderDownload extends InputStream {

    private static final int PATIENCE_SECONDS = 30;

    /** What comes after the last chunk; a failure when it came early. */
    private record Part(
            Buffer bytes, boolean last, @Nullable Throwable failure) {}

    private final String provider;
    private final HttpClientResponse response;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private Part current = new Part(Buffer.buffer(), false, null);
    private int position;
    private volatile boolean closed;

    /** Created on the answer's event loop, before anything of the body has come. */
    ProviderDownload(String provider, HttpClientResponse response) {
        this.provider = provider;
        this.response = response;
        response.pause();
        response.handler(bytes -> parts.add(new Part(bytes, false, null)));
        response.exceptionHandler(failure -> parts.add(new Part(Buffer.buffer(), true, failure)));
        response.endHandler(end -> parts.add(new Part(Buffer.buffer(), true, null)));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == current.bytes().length()) {
            if (current.failure() != null) {
                throw failed(ErrorCategory.PROVIDER_FAILED, provider + " broke off", current.failure());
            }
            if (current.last()) {
                return -1;
            }
            current = next();
            position = 0;
        }
        int count = Math.min(length, current.bytes().length() - position);
        current.bytes().getBytes(position, position + count, into, offset);
        position += count;
        return count;
    }

    /** Breaks off what has not been read. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!current.last()) {
                response.request().reset();
            }
        }
    }

    private IOException failed(ErrorCategory category, String what, @Nullable Throwable cause) {
        return new IOException(what, new PatchbayException(category, provider, what, cause));
    }

    private Part next() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (parts.isEmpty()) {
            response.fetch(1);
        }
        try {
            Part part = parts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (part == null) {
                close();
                throw failed(ErrorCategory.TIMED_OUT, provider + " sent nothing for " + PATIENCE_SECONDS + " s", null);
            }
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IOException("interrupted", e);
        }
    }
}
