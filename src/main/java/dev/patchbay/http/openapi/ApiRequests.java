package dev.patchbay.http.openapi;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.http.ApiEntrance;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.PublicHandler;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Holds requests of the REST API against its document, before any route sees them: at the entrance, before the body is
 * read, who may come; and then, with the body, whether the request is what the document says (400, naming the field).
 * Requests that the document does not have, and what providers post, pass.
 */
public final class ApiRequests implements PublicHandler, Handler<RoutingContext> {

    private static final String OPERATION = "patchbay.api-operation";

    /** Larger bodies are not looked at on an event loop, where calls have their audio; in bytes. */
    private static final int SMALL = 16 * 1024;

    private final ApiContract contract;
    private final ApiEntrance entrance;

    public ApiRequests(ApiContract contract, ApiEntrance entrance) {
        this.contract = contract;
        this.entrance = entrance;
    }

    @Override
    public void mount(Router router) {
        contract.operations().stream().filter(ApiOperation::needsKey).forEach(operation -> router.route(
                        operation.method(), operation.routerPath())
                .handler(request -> {
                    if (entrance.admits(request, operation.types())) {
                        request.put(OPERATION, operation).next();
                    }
                }));
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
