package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that is read while it comes, for bodies too large to keep: at most {@value #AHEAD} chunks wait, and
 * the sender waits with them. Read by one worker thread; when the request is answered, what is left of it is dropped.
 *
 * <p>It is no {@link InputStream} itself, because Camel would copy one to memory or disk before the route sees it.
 */
public final class BodyStream {

    /** Largest streamed body, in bytes. */
    public static final long MAX = 32L << 20;

    private static final int AHEAD = 16;

    /** Longer than any deadline: a request that ends wakes its reader. */
    private static final long PATIENCE_SECONDS = 300;

    private static final Buffer END = Buffer.buffer();
    private static final String KEY = "patchbay.body-stream";

    private final RoutingContext context;
    private final HttpServerRequest request;
    private final Context eventLoop;
    private final BlockingQueue<Buffer> chunks = new LinkedBlockingQueue<>();
    private volatile @Nullable Exception broken;
    private long received;

    private BodyStream(RoutingContext context) {
        this.context = context;
        request = context.request();
        eventLoop = context.vertx().getOrCreateContext();
    }

    /** Takes the body of a request that nobody has read yet; call it at once, on the event loop. */
    static void attach(RoutingContext context) {
        BodyStream stream = new BodyStream(context);
        stream.request.pause();
        stream.request.handler(stream::chunk);
        stream.request.endHandler(end -> stream.chunks.add(END));
        stream.request.exceptionHandler(e -> stream.fail(new IOException("The request broke off", e)));
        context.addEndHandler(answered -> stream.drop());
        context.put(KEY, stream);
    }

    /** The body of a request that is streamed; null for one that was read whole. */
    public static @Nullable BodyStream of(RoutingContext context) {
        return context.get(KEY);
    }

    /**
     * Begins to read. The stream throws an IOException when the sender breaks off or the request is over.
     *
     * @throws PatchbayException {@code TOO_LARGE}, here when the sender says so beforehand, else from the stream
     */
    public InputStream open() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > MAX) {
            throw tooLarge();
        }
        eventLoop.runOnContext(begin -> {
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                context.response().writeContinue();
            }
            more(AHEAD);
        });
        return new Chunks();
    }

    private void more(int chunksWanted) {
        if (!request.isEnded()) {
            request.fetch(chunksWanted);
        }
    }

    private void chunk(Buffer chunk) {
        received += chunk.length();
        if (received > MAX) {
            fail(tooLarge());
        }
        if (broken == null) {
            chunks.add(chunk);
        } else if (received > 2 * MAX) {
            request.connection().close(); // does not stop sending what nobody reads
        }
    }

    private void drop() {
        fail(new IOException("The request was answered before it was read"));
        if (!request.isEnded()) {
            request.resume();
        }
    }

    private void fail(Exception reason) {
        if (broken == null) {
            broken = reason;
            chunks.add(END);
        }
    }

    private static PatchbayException tooLarge() {
        return new PatchbayException(ErrorCategory.TOO_LARGE, null, "body is larger than " + (MAX >> 20) + " MiB");
    }

    private final class Chunks extends InputStream {

        private Buffer chunk = Buffer.buffer();
        private int read;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            if (read == chunk.length() && chunk != END) {
                next();
            }
            if (chunk == END) {
                return -1;
            }
            int some = Math.min(length, chunk.length() - read);
            chunk.getBytes(read, read + some, bytes, offset);
            read += some;
            return some;
        }

        private void next() throws IOException {
            try {
                Buffer next = chunks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (broken instanceof PatchbayException refused) {
                    throw refused;
                }
                if (broken != null || next == null) {
                    throw new IOException("The request broke off", broken);
                }
                chunk = next;
                read = 0;
                eventLoop.runOnContext(taken -> more(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted", e);
            }
        }
    }
}
