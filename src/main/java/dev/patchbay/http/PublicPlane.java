package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
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
    /** Largest body of a request, in bytes. */
    private static final long MAX_BODY = 1024 * 1024;
    /** Largest field of a form, in bytes: 1,600 characters of a text message are up to 19,200 when encoded. */
    private static final int MAX_FORM_FIELD = 64 * 1024;
    /** Largest WebSocket message of a caller, in bytes. */
    private static final int MAX_MESSAGE = 64 * 1024;

    private final Vertx vertx;
    private final PublicPlaneProperties properties;
    private final List<PublicHandler> handlers;
    private final Handler<RoutingContext> routes;
    private volatile boolean running;
    private volatile String deployment = "";

    public PublicPlane(
            Vertx vertx,
            PublicPlaneProperties properties,
            List<PublicHandler> handlers,
            Handler<RoutingContext> routes) {
        this.vertx = vertx;
        this.properties = properties;
        this.handlers = handlers;
        this.routes = routes;
    }

    @Override
    public void start() {
        Router router = router();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(properties.host() == null ? "0.0.0.0" : properties.host())
                .setPort(properties.port())
                .setReuseAddress(true)
                .setTcpNoDelay(true)
                .setMaxWebSocketFrameSize(MAX_MESSAGE)
                .setMaxWebSocketMessageSize(MAX_MESSAGE)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxHeaderSize(16 * 1024)
                .setMaxFormAttributeSize(MAX_FORM_FIELD)
                .setReadIdleTimeout(120) // of reads only: a write then costs no timer
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        int cores = Runtime.getRuntime().availableProcessors();
        deployment = await(vertx.deployVerticle(
                () -> new AbstractVerticle() {
                    @Override
                    public void start(Promise<Void> started) {
                        vertx.createHttpServer(options)
                                .requestHandler(router)
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
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.route().handler(routes);
        for (ErrorCategory category : List.of(
                ErrorCategory.NOT_FOUND,
                ErrorCategory.TOO_LARGE,
                ErrorCategory.UNSUPPORTED_MEDIA_TYPE,
                ErrorCategory.INVALID_REQUEST,
                ErrorCategory.UNAVAILABLE,
                ErrorCategory.INTERNAL)) {
            router.errorHandler(category.status(), ctx -> answer(ctx, category));
        }
        router.errorHandler(
                405,
                ctx -> ProblemResponse.send(
                        ctx,
                        new Problem(405, "Method not allowed", ctx.request().method() + " is not served here", null)));
        return router;
    }

    private static void answer(RoutingContext ctx, ErrorCategory category) {
        if (ctx.failure() != null && category == ErrorCategory.INTERNAL) {
            LOG.error("Request failed: {} {}", ctx.request().method(), ctx.currentRoute(), ctx.failure());
        }
        if (ctx.response().headWritten()) {
            ctx.response().reset();
        } else {
            ProblemResponse.send(ctx, Problem.of(category, category.title()));
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
