package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.metrics.MetricsConfiguration;
import dev.patchbay.provider.twilio.TwilioCalls;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code api-metrics-get}: the same figures in three forms. */
class ApiMetricsGetRouteIT {

    private static final PrometheusMeterRegistry REGISTRY = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        REGISTRY.counter("jvm.something").increment();
        REGISTRY.counter("patchbay.something").increment();
        scene = new RouteScene(dir, "api-metrics-get", "error-default", "error-api")
                .withCalls()
                .with("prometheusMeterRegistry", REGISTRY)
                .with(MetricsConfiguration.class)
                .start();
        TwilioCalls calls = scene.bean(TwilioCalls.class);
        for (String status : new String[] {"completed", "failed", "ringing"}) {
            calls.statusEvent(Map.of(
                    "CallSid", "CA" + status, "CallStatus", status, "From", "+14155550123", "CallDuration", "60"));
        }
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void jsonIsTheDefault() throws Exception {
        for (String accept : new String[] {"*/*", "application/json", "image/png"}) {
            HttpResponse<String> answer = scene.get("/metrics", "Accept", accept);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject("""
                    {"calls": {"total": 3, "active": 1, "completed": 2, "errors": 1,
                      "duration": {"count": 2, "total_seconds": 120, "average_seconds": 60.0},
                      "media": {"frames_in": 0, "frames_out": 0, "dropped": 0, "late": 0,
                        "first_audio_ms": {"count": 0, "average": null, "max": null}},
                      "by_provider": {"none": {"total": 3, "active": 1, "completed": 2, "errors": 1,
                        "duration": {"count": 2, "total_seconds": 120, "average_seconds": 60.0},
                        "media": {"frames_in": 0, "frames_out": 0, "dropped": 0, "late": 0,
                          "first_audio_ms": {"count": 0, "average": null, "max": null}},
                        "by_status": {"completed": 1, "failed": 1, "ringing": 1}}}},
                     "sessions": {"total": 0, "active": 0, "completed": 0, "by_provider": {}}}"""));
        }
    }

    @Test
    void whoAsksForOpenMetricsGetsThem() throws Exception {
        HttpResponse<String> answer = scene.get("/metrics", "Accept", "application/openmetrics-text, */*;q=0.1");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(answer.body())
                .contains("patchbay_calls{provider=\"none\",status=\"ringing\"} 1.0")
                .contains("patchbay_calls_completed_total{provider=\"none\"} 2.0")
                .contains("patchbay_call_errors_total{provider=\"none\"} 1.0")
                .contains("patchbay_call_duration_seconds_sum{provider=\"none\"} 120.0")
                .contains("patchbay_something_total 1.0")
                .doesNotContain("jvm_something")
                .endsWith("# EOF\n");
    }

    @Test
    void whoAsksForPrometheusTextGetsIt() throws Exception {
        HttpResponse<String> answer = scene.get("/metrics", "Accept", "text/plain");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body())
                .contains("patchbay_calls_active{provider=\"none\"} 1.0")
                .doesNotContain("# EOF");
    }
}
