package dev.patchbay.provider;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.PublicHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider's webhook whose bodies may be longer than others are: what was said in an hour, or its sound. A provider that
 * is answered 413 sends the same again, and in the end switches the webhook off; so a body is taken however long it is,
 * and its signature is checked while it comes. Of what is kept of bodies there is little enough at any time:
 *
 * <ul>
 *   <li>{@value #KEPT} bytes of one body, which then goes to its route as any other does. A longer one that is genuine is
 *       answered 200 and left unread, with a warning.
 *   <li>{@value #ALL_KEPT} bytes of all bodies, not counting the first MiB of each. What is beyond is answered 503, so that
 *       it comes again.
 *   <li>nothing of what nobody wants, such as sound: answered 200.
 * </ul>
 *
 * <p>A request without a signature's form is none of these, and is read like any other.
 */
public final class LongWebhook implements PublicHandler {

    static final int KEPT = 4 << 20;
    static final int ALL_KEPT = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LongWebhook.class);

    /** What any request may keep. */
    private static final int FREE = 1 << 20;
    /** More than an hour of sound, in bytes; whoever sends more is cut off. */
    private static final long LONGEST = 256L << 20;
    /** How much of a body tells what it is. */
    private static final int HEAD = 512;
    /** How long a client that is cut off may take to read the answer, in ms. */
    private static final long LINGER = 2_000;

    private static final String GENUINE = "patchbay.genuine-body";

    private final String path;
    private final Function<HttpServerRequest, Optional<SignedBody>> signature;
    private final Predicate<String> unwanted;
    private final long longest;
    private final AtomicInteger kept = new AtomicInteger();

    /**
     * @param signature begins to check a request's body; empty when it cannot be genuine
     * @param unwanted tells by the first characters of a body whether nobody would read it
     */
    public LongWebhook(
            String path, Function<HttpServerRequest, Optional<SignedBody>> signature, Predicate<String> unwanted) {
        this(path, signature, unwanted, LONGEST);
    }

    LongWebhook(
            String path,
            Function<HttpServerRequest, Optional<SignedBody>> signature,
            Predicate<String> unwanted,
            long longest) {
        this.path = path;
        this.signature = signature;
        this.unwanted = unwanted;
        this.longest = longest;
    }

    @Override
    public void mount(Router router) {
        router.post(path).handler(context -> signature
                .apply(context.request())
                .ifPresentOrElse(body -> new Reading(context, body).begin(), context::next));
    }

    /** Whether this request's body came here and its signature was good. */
    static boolean isGenuine(RoutingContext context) {
        return context.get(GENUINE) != null;
    }

    /** Bytes beyond the first MiB of each body that are kept now. */
    int kept() {
        return kept.get();
    }

    /** Why a body is not kept. */
    private enum Dropped {
        UNWANTED,
        TOO_LONG,
        NO_ROOM
    }

    private final class Reading {

        private final RoutingContext context;
        private final HttpServerRequest request;
        private final SignedBody signed;
        private Buffer body = Buffer.buffer();
        private int room;
        private long received;
        private boolean looked;
        private @Nullable Dropped dropped;

        Reading(RoutingContext context, SignedBody signed) {
            this.context = context;
            this.request = context.request();
            this.signed = signed;
        }

        void begin() {
            context.addEndHandler(over -> drop());
            request.handler(this::piece);
            request.endHandler(end -> end());
            if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                context.response().writeContinue();
            }
        }

        private void piece(Buffer piece) {
            received += piece.length();
            if (received > longest) {
                cutOff();
                return;
            }
            signed.update(piece.getBytes());
            if (dropped == null) {
                keep(piece);
            }
        }

        private void keep(Buffer piece) {
            if (body.length() + piece.length() > KEPT) {
                drop(Dropped.TOO_LONG);
            } else if (!hasRoom(body.length() + piece.length())) {
                drop(Dropped.NO_ROOM);
            } else {
                body.appendBuffer(piece);
                if (!looked && body.length() >= HEAD) {
                    looked = true;
                    if (unwanted.test(body.getString(0, HEAD, StandardCharsets.ISO_8859_1.name()))) {
                        drop(Dropped.UNWANTED);
                    }
                }
            }
        }

        private boolean hasRoom(int length) {
            int more = Math.max(0, length - FREE) - room;
            if (more <= 0) {
                return true;
            }
            if (kept.addAndGet(more) > ALL_KEPT) {
                kept.addAndGet(-more);
                return false;
            }
            room += more;
            return true;
        }

        private void drop(Dropped why) {
            dropped = why;
            drop();
        }

        private void drop() {
            kept.addAndGet(-room);
            room = 0;
            body = Buffer.buffer();
        }

        private void end() {
            if (context.response().headWritten()) {
                return;
            }
            if (!signed.isGenuine(Instant.now())) {
                ProblemResponse.send(context, Problem.of(ErrorCategory.FORBIDDEN, "The signature is wrong or too old"));
            } else if (dropped == null) {
                pass();
            } else if (dropped == Dropped.NO_ROOM) {
                Problem full = Problem.of(ErrorCategory.UNAVAILABLE, "Too many long bodies at once");
                ProblemResponse.send(context, new Problem(full.status(), full.title(), full.detail(), null, 10));
            } else {
                if (dropped == Dropped.TOO_LONG) {
                    LOG.warn("{}: a body of {} bytes was left unread", path, received);
                }
                context.response().setStatusCode(200).end();
            }
        }

        /** On to what reads bodies, which finds this one read. */
        private void pass() {
            context.put(GENUINE, true);
            RoutingContextInternal internal = (RoutingContextInternal) context;
            internal.visitHandler(RoutingContextInternal.BODY_HANDLER);
            internal.setBody(body);
            context.next();
        }

        private void cutOff() {
            if (!context.response().headWritten()) {
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                ProblemResponse.send(
                        context,
                        Problem.of(ErrorCategory.TOO_LARGE, "The body is larger than " + (longest >> 20) + " MiB"));
                context.vertx().setTimer(LINGER, id -> request.connection().close());
            }
        }
    }
}
