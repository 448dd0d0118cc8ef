package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.twilio.TwilioCalls;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code api-analytics-calls-get}: parameters and shape. */
class ApiAnalyticsCallsGetRouteIT {

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(dir, "api-analytics-calls-get", "error-default", "error-api")
                .withCalls()
                .start();
        TwilioCalls calls = scene.bean(TwilioCalls.class);
        for (String status : new String[] {"completed", "no-answer"}) {
            calls.statusEvent(Map.of(
                    "CallSid", "CA" + status, "CallStatus", status, "From", "+14155550123", "CallDuration", "120"));
        }
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void todayIsTheLastOfThirtyDays() throws Exception {
        HttpResponse<String> answer = scene.get("/analytics/calls");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject analytics = new JsonObject(answer.body());
        assertThat(analytics.getJsonArray("groups")).hasSize(30);
        assertThat(analytics.getJsonObject("total")).isEqualTo(new JsonObject("""
                {"calls": 2, "active": 0, "answered": 1, "errors": 0, "minutes": 2.0, "average_duration": 120.0,
                 "p95_duration": 120, "answer_rate": 0.5, "success_rate": 0.5}"""));
    }

    @ParameterizedTest
    @CsvSource({"from=x, from", "to=x, to", "group_by=x, group_by", "from=2026-02-02&to=2026-01-01, from"})
    void aWrongParameterIsNamed(String query, String parameter) throws Exception {
        HttpResponse<String> answer = scene.get("/analytics/calls?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith(parameter + " ");
    }
}
