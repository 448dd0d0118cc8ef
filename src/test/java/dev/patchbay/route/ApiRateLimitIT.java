package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.http.ApiEntrance;
import dev.patchbay.http.ApiKeyHandler;
import dev.patchbay.http.ApiKeys;
import dev.patchbay.http.RateLimit;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rate limit of the policy {@code api-key}, in front of real routes. */
class ApiRateLimitIT {

    @Test
    void anEditOfTheRoutesGivesNobodyANewShareAndWebhooksAreNotLimited(@TempDir Path dir) throws Exception {
        ApiEntrance twice = new ApiEntrance(new ApiKeyHandler(ApiKeys.of(List.of())), new RateLimit(2));
        String[] routes = {
            "api-call-list",
            "twilio-event-webhook",
            "call-event",
            "call-status",
            "call-close",
            "error-default",
            "error-api"
        };
        try (RouteScene scene = new RouteScene(dir, routes).withCalls()) {
            scene.with("api-key", new RoutesConfiguration().apiKey(twice)).start();
            assertThat(scene.get("/calls").statusCode()).isEqualTo(200);
            scene.flip();
            assertThat(scene.get("/calls").statusCode()).isEqualTo(200);

            HttpResponse<String> refused = scene.get("/calls");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
            scene.flip();
            assertThat(scene.get("/calls").statusCode()).isEqualTo(429);

            for (int i = 0; i < 5; i++) {
                Map<String, String> event = Map.of("CallSid", "CA" + "1".repeat(32), "CallStatus", "ringing");
                assertThat(scene.postSigned("/webhooks/twilio", event).statusCode())
                        .isEqualTo(200);
            }
        }
    }
}
