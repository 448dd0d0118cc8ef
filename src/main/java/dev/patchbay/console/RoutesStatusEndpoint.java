package dev.patchbay.console;

import dev.patchbay.route.LiveRoutes;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code GET /actuator/routes-status}: which routes run since when, what is wrong with the folder, what changed lately. Its
 * id has no hyphen, which Spring would warn about; {@code application.yaml} maps the path.
 */
@Component
@Endpoint(id = "routesstatus")
class RoutesStatusEndpoint {

    private final LiveRoutes routes;

    RoutesStatusEndpoint(LiveRoutes routes) {
        this.routes = routes;
    }

    @ReadOperation
    Map<String, Object> status() {
        return routes.status();
    }
}
