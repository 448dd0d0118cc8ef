package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings that guard a gateway do, as their users meet it: keys, their rate, the quota of audio, signatures. */
class GuardedApiFlowIT {

    private static final String[] KEY = {"X-API-Key", "key-one"};
    private static final int RATE = 40;

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.with(
                "--PATCHBAY_API_KEYS=ops:key-one, n8n:key-two,rated:key-three",
                "--patchbay.http.rate-limit=" + RATE,
                "--PATCHBAY_AUDIO_QUOTA=10KB",
                "--TWILIO_VALIDATE_SIGNATURE=false");
    }

    @AfterAll
    static void stop() {
        gateway.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "X-API-Key, key-one, 200",
        "x-api-key, key-two, 200",
        "Authorization, Bearer key-two, 200",
        "Authorization, bearer key-one, 200",
        "Authorization, Basic key-one, 401",
        "X-API-Key, key-four, 401",
        "X-API-Key, ops:key-one, 401",
        "Accept, */*, 401",
    })
    void aKeyOpensTheApiAlsoOnThisMachine(String header, String value, int status) throws Exception {
        assertThat(gateway.get("/twilio/config", header, value).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/health", "/openapi.json", "/docs", "/twiml/greeting"})
    void someThingsAreOpenToAll(String path) throws Exception {
        assertThat(gateway.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void healthKeepsItsReasonsForHoldersOfAKey() throws Exception {
        assertThat(gateway.get("/health").body()).doesNotContain("reason");
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAndOthersAreNot() throws Exception {
        HttpResponse<String> answer = gateway.get("/calls", "X-API-Key", "key-three");
        for (int i = 0; i < 2 * RATE && answer.statusCode() == 200; i++) {
            answer = gateway.get("/calls", "X-API-Key", "key-three");
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(new JsonObject(answer.body()).getString("detail")).contains("PATCHBAY_RATE_LIMIT");
        assertThat(gateway.get("/calls", KEY).statusCode()).isEqualTo(200);
        gateway.flip();
        int more = 0; // the moments that this takes give some
        while (more < RATE && gateway.get("/calls", "X-API-Key", "key-three").statusCode() == 200) {
            more++;
        }
        assertThat(more).as("an edit of the routes renews no rate").isLessThan(RATE / 2);
        for (int i = 0; i < RATE + 1; i++) {
            assertThat(gateway.postForm("/webhooks/twilio", "CallSid=CArated&CallStatus=ringing")
                            .statusCode())
                    .as("webhooks are not limited")
                    .isEqualTo(200);
        }
    }

    @Test
    void whereThereIsNoRoomForAudioNoneIsPromised() throws Exception {
        HttpResponse<String> answer = gateway.postJson("/voice/orchestrator/speech", "{\"text\":\"Hello\"}", KEY);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(new JsonObject(answer.body()).getString("detail")).contains("PATCHBAY_AUDIO_QUOTA");
        String before = gateway.get("/calls?limit=1", KEY).body();
        assertThat(gateway.postJson(
                                "/twilio/voice/message",
                                "{\"to\":\"+12025551234\",\"message\":\"x\",\"voice\":\"elevenlabs:v1\"}",
                                KEY)
                        .statusCode())
                .isEqualTo(503);
        assertThat(gateway.get("/calls?limit=1", KEY).body())
                .as("nobody is called")
                .isEqualTo(before);
    }

    /** Seed 004's command, letter by letter; nobody has signed it. */
    @Test
    void theSeedsUnsignedWebhookIsAnsweredWhereSignaturesAreNotChecked() throws Exception {
        HttpResponse<String> answer = gateway.postForm(
                "/api/webhooks/twilio/507f1f77bcf86cd799439011",
                "From=%2B1234567890&To=%2B61341517921&CallSid=test123");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
        assertThat(answer.body()).containsPattern("<Dial .*><Sip>sip:call_[a-z0-9]+@sip.retellai.com</Sip></Dial>");
        JsonObject call = new JsonObject(gateway.get("/calls/test123", KEY).body());
        assertThat(call.getMap()).containsAllEntriesOf(Map.of("from", "+1234567890", "to", "+61341517921"));
    }

    /** Other providers' signatures have no such switch. */
    @Test
    void othersMustSign() throws Exception {
        assertThat(gateway.postJson("/webhooks/retell", "{}").statusCode()).isEqualTo(403);
        assertThat(gateway.postJson("/webhooks/elevenlabs", "{}").statusCode()).isEqualTo(403);
    }
}
