package dev.patchbay.console;

import dev.patchbay.route.CallPaths;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/callpaths}: {@code GET} tells the calls whose way through the routes is logged, and until when; {@code
 * POST .../{id}} adds one, for {@code {"minutes": 60}} or as said; {@code DELETE .../{id}} takes one away.
 */
@Component
@Endpoint(id = "callpaths")
final class CallPathsEndpoint {

    private static final Duration USUAL = Duration.ofHours(1);

    private final CallPaths paths;

    CallPathsEndpoint(CallPaths paths) {
        this.paths = paths;
    }

    @ReadOperation
    Map<String, Instant> watched() {
        return paths.watched();
    }

    @WriteOperation
    Map<String, Instant> watch(@Selector String id, @Nullable Integer minutes) {
        try {
            return Map.of(id, paths.watch(id, minutes == null ? USUAL : Duration.ofMinutes(minutes)));
        } catch (IllegalArgumentException refused) {
            throw new InvalidEndpointRequestException(refused.getMessage(), "minutes");
        }
    }

    @DeleteOperation
    WebEndpointResponse<Void> leave(@Selector String id) {
        return new WebEndpointResponse<>(
                paths.leave(id) ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
    }
}
