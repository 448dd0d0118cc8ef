package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET} and {@code HEAD /<folder>/{id}}, open to whoever knows the id: whole or in part (206, 416), with an entity
 * tag (304), to be cached until it expires. No more than {@value #CHUNK} bytes of an answer are in memory at a time.
 */
public final class HostedMediaHandler implements PublicHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HostedMediaHandler.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int CHUNK = 64 * 1024;

    private final String folder;
    private final Function<String, Optional<HostedMedia>> media;
    private final Clock clock;

    /**
     * @param folder such as {@code audio}
     * @param media finds by id what is there and has not expired; may block
     */
    public HostedMediaHandler(String folder, Function<String, Optional<HostedMedia>> media, Clock clock) {
        this.folder = folder;
        this.media = media;
        this.clock = clock;
    }

    @Override
    public void mount(Router router) {
        router.route("/" + folder + "/:id")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::answer);
    }

    private void answer(RoutingContext context) {
        String id = context.pathParam("id");
        if (!ID.matcher(id).matches()) {
            notFound(context);
            return;
        }
        context.vertx()
                .executeBlocking(() -> media.apply(id), false)
                .onSuccess(found -> found.ifPresentOrElse(it -> serve(context, it), () -> notFound(context)))
                .onFailure(context::fail);
    }

    private void serve(RoutingContext context, HostedMedia found) {
        HttpServerRequest request = context.request();
        String tag = '"' + found.version() + '"';
        if (names(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            describe(context.response(), found, tag).setStatusCode(304).end();
            return;
        }
        Optional<ByteRange> range = Optional.empty();
        String condition = request.getHeader("If-Range");
        if (request.method() == HttpMethod.GET && (condition == null || condition.equals(tag))) {
            range = ByteRange.of(request.getHeader("Range"), found.bytes());
        }
        if (range.isPresent() && range.get().length() == 0) {
            context.response().putHeader(HttpHeaders.CONTENT_RANGE, range.get().contentRange(found.bytes()));
            ProblemResponse.send(
                    context,
                    new Problem(
                            416, "Range not satisfiable", "Range: there are %d bytes".formatted(found.bytes()), null));
            return;
        }
        ByteRange part = range.orElse(new ByteRange(0, found.bytes()));
        context.vertx()
                .executeBlocking(() -> found.content().open(part.from()), false)
                .onFailure(context::fail)
                .onSuccess(in -> {
                    HttpServerResponse response = describe(context.response(), found, tag)
                            .putHeader(HttpHeaders.CONTENT_TYPE, found.contentType())
                            .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(part.length()));
                    if (part.length() < found.bytes()) {
                        response.setStatusCode(206)
                                .putHeader(HttpHeaders.CONTENT_RANGE, part.contentRange(found.bytes()));
                    }
                    send(context, in, request.method() == HttpMethod.HEAD ? 0 : part.length());
                });
    }

    /** What holds for every answer about this content. */
    private HttpServerResponse describe(HttpServerResponse response, HostedMedia found, String tag) {
        long seconds =
                Math.max(0, Duration.between(clock.instant(), found.expiresAt()).toSeconds());
        return response.putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + seconds + ", immutable")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    /** Chunk by chunk: the next one is read when the one before has left. */
    private void send(RoutingContext context, InputStream in, long left) {
        if (left == 0) {
            close(context, in);
            context.response().end();
            return;
        }
        context.vertx()
                .executeBlocking(() -> in.readNBytes((int) Math.min(left, CHUNK)), false)
                .compose(chunk -> chunk.length == 0
                        ? Future.<Integer>failedFuture(new IOException("the content ends too early"))
                        : context.response().write(Buffer.buffer(chunk)).map(chunk.length))
                .onSuccess(sent -> send(context, in, left - sent))
                .onFailure(e -> {
                    LOG.info("/{} was not sent to its end: {}", folder, e.getMessage());
                    close(context, in);
                    context.response().reset();
                });
    }

    private static void close(RoutingContext context, InputStream in) {
        context.vertx()
                .executeBlocking(
                        () -> {
                            in.close();
                            return in;
                        },
                        false)
                .onFailure(
                        e -> LOG.warn("A stream did not close: {}", e.getClass().getSimpleName()));
    }

    private static boolean names(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(given -> given.trim().replaceFirst("^W/", ""))
                        .anyMatch(given -> given.equals(tag) || given.equals("*"));
    }

    private static void notFound(RoutingContext context) {
        ProblemResponse.send(context, Problem.of(ErrorCategory.NOT_FOUND, "Nothing is here, or no longer"));
    }
}
