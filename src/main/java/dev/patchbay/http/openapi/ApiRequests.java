package dev.patchbay.http.openapi;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.http.ApiEntrance;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.PublicHandler;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests of the REST API against its document, before any route sees them: at the entrance, before the body is
 * read, who may come; and then, with the body, whether the request is what the document says (400, naming the field).
 * Requests that the document does not have, and what providers post, pass.
 */
public final class ApiRequests implements PublicHandler, Handler<RoutingContext> {

    private static final String OPERATION = "patchbay.api-operation";

    /** Larger bodies are not looked at on an event loop, where calls have their audio; in bytes. */
    private static final int SMALL = 16 * 1024;

    private final Supplier<Optional<ApiEdition>> editions;
    private final ApiEntrance entrance;
    private final Vertx vertx;
    private volatile @Nullable Mounted mounted;

    /** The paths of a document, as a router that finds the operation of a request. */
    private record Mounted(ApiEdition edition, Router router) {}

    /** @param editions the document of the moment; empty while there is none, when routes check their callers alone */
    public ApiRequests(Supplier<Optional<ApiEdition>> editions, ApiEntrance entrance, Vertx vertx) {
        this.editions = editions;
        this.entrance = entrance;
        this.vertx = vertx;
    }

    @Override
    public void mount(Router router) {
        router.route().handler(request -> editions.get()
                .ifPresentOrElse(edition -> mounted(edition).router().handleContext(request), request::next));
    }

    private Mounted mounted(ApiEdition edition) {
        Mounted now = mounted;
        if (now == null || now.edition() != edition) {
            now = new Mounted(edition, router(edition.contract()));
            mounted = now;
        }
        return now;
    }

    private Router router(ApiContract contract) {
        Router router = Router.router(vertx);
        contract.operations().stream().filter(ApiOperation::needsKey).forEach(operation -> router.route(
                        operation.method(), operation.routerPath())
                .handler(request -> {
                    if (entrance.admits(request, operation.types())) {
                        request.put(OPERATION, operation).next();
                    }
                }));
        return router;
    }

    /** To be called when the body has been read. */
    @Override
    public void handle(RoutingContext request) {
        ApiOperation operation = request.get(OPERATION);
        if (operation == null) {
            request.next();
            return;
        }
        Buffer body = request.body() == null ? null : request.body().buffer();
        Future<Optional<String>> fault = body == null || body.length() <= SMALL
                ? Future.succeededFuture(operation.fault(request))
                : request.vertx().executeBlocking(() -> operation.fault(request), false);
        fault.onFailure(request::fail).onSuccess(found -> {
            if (found.isPresent()) {
                ProblemResponse.send(request, Problem.of(ErrorCategory.INVALID_REQUEST, found.get()));
            } else {
                request.next();
            }
        });
    }
}
