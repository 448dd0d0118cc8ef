package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.twilio.TwilioCalls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code api-call-list}: the shape of the call log, and of its errors. */
class ApiCallListRouteIT {

    private static final String OLDEST = "CA00000000000000000000000000000001";
    private static final String NEWEST = "CA00000000000000000000000000000003";

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(dir, "api-call-list", "error-default", "error-api")
                .withCalls()
                .start();
        TwilioCalls calls = scene.bean(TwilioCalls.class);
        for (String callSid : new String[] {OLDEST, "CA00000000000000000000000000000002", NEWEST}) {
            calls.received(
                    Map.of("CallSid", callSid, "CallStatus", "ringing", "From", "+14155550123", "To", "+15550000000"));
        }
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void everyKeyIsThereAndNullWhereEmpty() throws Exception {
        HttpResponse<String> answer = scene.get("/calls");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonObject page = new JsonObject(answer.body());
        assertThat(page.fieldNames()).containsExactly("calls", "next_cursor");
        assertThat(page.getValue("next_cursor")).isNull();
        JsonObject newest = page.getJsonArray("calls").getJsonObject(0);
        assertThat(newest.fieldNames())
                .containsExactly(
                        "id",
                        "call_sid",
                        "provider",
                        "provider_call_id",
                        "direction",
                        "from",
                        "to",
                        "agent_id",
                        "status",
                        "started_at",
                        "answered_at",
                        "ended_at",
                        "duration",
                        "ended_by",
                        "error",
                        "media",
                        "disconnection_reason",
                        "analysis");
        assertThat(newest.getString("call_sid")).isEqualTo(NEWEST);
        assertThat(newest.getString("status")).isEqualTo("ringing");
        assertThat(newest.getString("direction")).isEqualTo("inbound");
        assertThat(newest.getValue("ended_at")).isNull();
        assertThat(newest.getJsonObject("media").fieldNames())
                .containsExactly("frames_in", "frames_out", "dropped", "late", "first_audio_ms");
    }

    @Test
    void pagesFollowEachOtherNewestFirst() throws Exception {
        JsonObject first = new JsonObject(scene.get("/calls?limit=2").body());
        JsonObject second = new JsonObject(scene.get("/calls?limit=2&cursor=" + first.getString("next_cursor"))
                .body());

        JsonArray last = second.getJsonArray("calls");
        assertThat(first.getJsonArray("calls")).hasSize(2);
        assertThat(last).hasSize(1);
        assertThat(last.getJsonObject(0).getString("call_sid")).isEqualTo(OLDEST);
        assertThat(second.getValue("next_cursor")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "many", "-1", "1.5"})
    void aWrongLimitIsNamed(String limit) throws Exception {
        HttpResponse<String> answer = scene.get("/calls?limit=" + limit);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith("limit");
    }

    @Test
    void parametersDoNotComeBackAsHeaders() throws Exception {
        HttpResponse<String> answer = scene.get("/calls?Set-Cookie=a%3Db&Location=/x&CamelHttpResponseCode=500");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "location");
    }
}
