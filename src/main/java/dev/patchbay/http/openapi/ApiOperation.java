package dev.patchbay.http.openapi;

import dev.patchbay.http.ContentTypeHandler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One method of one path.
 *
 * @param path as the document has it, {@code /calls/{id}}
 * @param needsKey whether it is for holders of an API key; what is not is open to all or signed by a provider
 * @param body null when the document has none
 */
record ApiOperation(
        HttpMethod method,
        String path,
        boolean needsKey,
        List<ApiParameter> parameters,
        @Nullable ApiBody body) {

    /** The path as the router has it, {@code /calls/:id}: the same as the route's, so both match the same requests. */
    String routerPath() {
        return path.replaceAll("\\{([^/}]+)}", ":$1");
    }

    ContentTypeHandler types() {
        return body == null ? ContentTypeHandler.JSON : body.types();
    }

    /** What is wrong with a request whose body has been read; nothing when it fits. */
    Optional<String> fault(RoutingContext request) {
        Optional<String> fault = parameters.stream()
                .map(parameter -> parameter.fault(request))
                .flatMap(Optional::stream)
                .findFirst();
        return fault.isPresent() || body == null
                ? fault
                : body.fault(request.body() == null ? null : request.body().buffer());
    }
}
