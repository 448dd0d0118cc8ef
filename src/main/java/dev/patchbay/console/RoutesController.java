package dev.patchbay.console;

import dev.patchbay.error.PatchbayException;
import dev.patchbay.error.Problem;
import dev.patchbay.route.LiveRoutes;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /routes/rollback}: the routes as they were before the last change. */
@RestController
class RoutesController {

    private final LiveRoutes routes;

    RoutesController(LiveRoutes routes) {
        this.routes = routes;
    }

    /** Answers the flip, as it stands in {@code /actuator/routes-status}. */
    @PostMapping(path = "/routes/rollback", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> rollback(@Nullable Principal who) {
        return routes.rollback(who == null ? "somebody at this machine" : who.getName());
    }

    @ExceptionHandler(PatchbayException.class)
    ResponseEntity<String> problem(PatchbayException fault) {
        Problem problem = Problem.of(fault);
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.toJson());
    }
}
