package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The public plane: one port, one server per core, one router.
 *
 * <p>What must outlive an edit of the routes (live audio, {@code /health}) is mounted here by {@link PublicHandler}
 * beans; everything else is passed to the current generation of YAML routes by the last handler.
 */
public final class PublicPlane implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PublicPlane.class);
    /** Largest WebSocket message of a caller, in bytes. */
    private static final int MAX_MESSAGE = 64 * 1024;

    /** How long a client that has sent too much may take to read the answer, in ms. */
    private static final long LINGER = 2_000;

    private final Vertx vertx;
    private final PublicPlaneProperties properties;
    private final List<PublicHandler> handlers;
    private final Handler<RoutingContext> check;
    private final Handler<RoutingContext> routes;
    private volatile boolean running;
    private volatile String deployment = "";

    /**
     * @param check sees a request when its body has been read, and answers it or passes it on
     * @param routes the last handler
     */
    public PublicPlane(
            Vertx vertx,
            PublicPlaneProperties properties,
            List<PublicHandler> handlers,
            Handler<RoutingContext> check,
            Handler<RoutingContext> routes) {
        this.vertx = vertx;
        this.properties = properties;
        this.handlers = handlers;
        this.check = check;
        this.routes = routes;
    }

    /** How a server of the public plane treats its connections, whatever its address. */
    public static HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setReuseAddress(true)
                .setTcpNoDelay(true)
                .setMaxWebSocketFrameSize(MAX_MESSAGE)
                .setMaxWebSocketMessageSize(MAX_MESSAGE)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxInitialLineLength(InvalidRequest.MAX_LINE)
                .setMaxHeaderSize(InvalidRequest.MAX_HEADERS)
                .setMaxFormAttributeSize(BodyLimits.FORM)
                .setHttp2ClearTextEnabled(false) // nobody needs it without TLS, and clients that offer it broke
                .setReadIdleTimeout(120) // of reads only: a write then costs no timer
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    @Override
    public void start() {
        Router router = router();
        HttpServerOptions options = serverOptions()
                .setHost(properties.host() == null ? "0.0.0.0" : properties.host())
                .setPort(properties.port());
        int cores = Runtime.getRuntime().availableProcessors();
        deployment = await(vertx.deployVerticle(
                () -> new AbstractVerticle() {
                    @Override
                    public void start(Promise<Void> started) {
                        vertx.createHttpServer(options)
                                .requestHandler(router)
                                .invalidRequestHandler(InvalidRequest::answer)
                                .listen()
                                .<Void>mapEmpty()
                                .onComplete(started);
                    }
                },
                new DeploymentOptions().setInstances(cores)));
        running = true;
        LOG.info("Public plane listens on {}:{} ({} servers)", options.getHost(), options.getPort(), cores);
    }

    @Override
    public void stop() {
        running = false;
        await(vertx.undeploy(deployment));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Last to start, first to stop: everything behind it is ready while it takes requests. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 10;
    }

    private Router router() {
        Router router = Router.router(vertx);
        handlers.forEach(handler -> handler.mount(router));
        router.route().handler(new StreamedBodies(routes));
        router.route().handler(new BodyLimits());
        router.route().handler(new JsonBounds());
        router.route().handler(check);
        router.route().handler(routes);
        for (ErrorCategory category : List.of(
                ErrorCategory.NOT_FOUND,
                ErrorCategory.UNSUPPORTED_MEDIA_TYPE,
                ErrorCategory.INVALID_REQUEST,
                ErrorCategory.UNAVAILABLE,
                ErrorCategory.INTERNAL)) {
            router.errorHandler(category.status(), ctx -> answer(ctx, category));
        }
        router.errorHandler(413, PublicPlane::tooLarge);
        router.errorHandler(
                405, ctx -> answer(ctx, 405, "Method not allowed", ctx.request().method() + " is not served here"));
        router.errorHandler(417, ctx -> answer(ctx, 417, "Expectation failed", "Expect may be 100-continue only"));
        return router;
    }

    /** Who goes on sending is cut off, but not before the answer can be read: closed at once, it would be lost. */
    private static void tooLarge(RoutingContext ctx) {
        ctx.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        ProblemResponse.send(ctx, BodyLimits.exceeded(ctx));
        ctx.vertx().setTimer(LINGER, id -> ctx.request().connection().close());
    }

    /** For a status that no category has. */
    private static void answer(RoutingContext ctx, int status, String title, String detail) {
        ProblemResponse.send(ctx, new Problem(status, title, detail, null));
    }

    private static void answer(RoutingContext ctx, ErrorCategory category) {
        Problem problem = ctx.failure() == null || category != ErrorCategory.INTERNAL
                ? Problem.of(category, category.title())
                : Problem.of(ctx.failure());
        if (ctx.failure() != null && problem.status() == ErrorCategory.INTERNAL.status()) {
            LOG.error("Request failed: {} {}", ctx.request().method(), ctx.currentRoute(), ctx.failure());
        }
        if (ctx.response().headWritten()) {
            ctx.response().reset(); // half an answer must not pass for the whole
        } else {
            ProblemResponse.send(ctx, problem);
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("Public plane: " + cause.getMessage(), cause);
        }
    }
}
