package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.session.Seeds;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Seed 001's "not configured": a gateway that was told nothing, or half of what it needs, says what to set. */
@ExtendWith(OutputCaptureExtension.class)
class UnconfiguredFlowIT {

    private static final String SENTENCE =
            "Twilio not configured. Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_PHONE_NUMBER";

    private static RunningGateway nothing;

    @BeforeAll
    static void start() {
        nothing = RunningGateway.configured(Map.of());
    }

    @AfterAll
    static void stop() {
        nothing.stop();
    }

    @Test
    void theConfigurationSaysThatNothingIsThere() throws Exception {
        assertThat(nothing.get("/twilio/config").body())
                .isEqualTo("{\"configured\":false,\"has_account_sid\":false,\"has_auth_token\":false,"
                        + "\"has_phone_number\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/twilio/sms/send | {\"to\": \"+12025551234\", \"message\": \"Hello from MYCA!\"}",
                "/twilio/voice/message | {\"to\": \"+12025551234\", \"message\": \"Hello\", \"voice\": \"alice\"}",
                "/twilio/voice/message | {\"to\": \"+12025551234\", \"message\": \"Hello\", \"voice\": \"elevenlabs:x\"}",
                "/twilio/voice/call | {\"to\": \"+12025551234\", \"twiml_url\": \"https://your-server.com/voice.xml\"}",
                "/calls | {\"to\": \"+12025551234\", \"agent\": \"echo\"}",
            })
    void whoeverNeedsTwilioIsToldWhatToSet(String path, String body) throws Exception {
        assertUnavailable(nothing.postJson(path, body), SENTENCE);
    }

    @ParameterizedTest
    @CsvSource({"SM00000000000000000000000000000000", "CA00000000000000000000000000000000"})
    void soIsWhoeverAsksAboutAMessageOrCall(String sid) throws Exception {
        assertUnavailable(nothing.get("/twilio/status/" + sid), SENTENCE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "daily | Daily not configured. Set DAILY_API_KEY",
                "retell | Retell not configured. Set RETELL_API_KEY",
                "twilio | " + SENTENCE,
                "elevenlabs | ElevenLabs not configured. Set ELEVENLABS_API_KEY, TWILIO_ACCOUNT_SID,"
                        + " TWILIO_AUTH_TOKEN, TWILIO_PHONE_NUMBER",
            })
    void aSessionNeedsItsProvider(String provider, String detail) throws Exception {
        String seed = provider.equals("daily") ? Seeds.DAILY : Seeds.TWILIO;

        assertUnavailable(
                nothing.postJson(
                        "/sessions",
                        new JsonObject(seed).put("provider", provider).encode()),
                detail);
        assertUnavailable(
                nothing.postJson(
                        "/sessions/with-config",
                        new JsonObject(Seeds.WITH_CONFIG)
                                .put("provider", provider)
                                .encode()),
                detail);
        assertThat(nothing.get("/sessions").body()).isEqualTo("{\"sessions\":[],\"next_cursor\":null}");
        assertThat(nothing.get("/calls").body()).isEqualTo("{\"calls\":[],\"next_cursor\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/voice/orchestrator/speech | {\"text\": \"Hello\"} | ELEVENLABS_API_KEY",
                "/voice/orchestrator/chat | {\"message\": \"Hello\"} | OPENAI_API_KEY",
            })
    void speechAndChatNeedTheirProviders(String path, String body, String variable) throws Exception {
        HttpResponse<String> answer = nothing.postJson(path, body);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(answer.body()).getString("detail"))
                .contains("not configured. Set")
                .contains(variable);
    }

    @ParameterizedTest
    @CsvSource({"/twilio/incoming-call", "/webhooks/twilio", "/twilio/sms/incoming"})
    void nobodyPassesForTwilio(String path) throws Exception {
        assertThat(nothing.postSigned(path, Map.of("CallSid", "CA1", "MessageSid", "SM1"))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"/webhooks/retell", "/webhooks/elevenlabs", "/webhooks/daily"})
    void norForAnotherProvider(String path) throws Exception {
        assertThat(nothing.postJson(path, "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void theHealthIsGoodAndSaysWhatToSet() throws Exception {
        HttpResponse<String> answer = nothing.get("/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject health = new JsonObject(answer.body());
        assertThat(health.getString("status")).isEqualTo("ok");
        assertThat(health.getJsonObject("providers").fieldNames())
                .containsExactlyInAnyOrder("twilio", "elevenlabs", "retell", "daily", "openai")
                .allSatisfy(name ->
                        assertThat(provider(health, name).getString("status")).isEqualTo("not_configured"));
        assertThat(provider(health, "twilio").getString("reason"))
                .isEqualTo("Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN");
    }

    @Test
    void whatIsHalfConfiguredIsOffAndWarnedOf(CapturedOutput log) throws Exception {
        RunningGateway half = RunningGateway.configured(Map.of(
                "TWILIO_ACCOUNT_SID", RunningGateway.ACCOUNT,
                "TWILIO_PHONE_NUMBER", "+15550000000",
                "ELEVENLABS_AGENT_ID", "agent_1",
                "DAILY_WEBHOOK_SECRET", "ZGFpbHktc2VjcmV0"));
        try {
            assertThat(log)
                    .contains("Twilio is off: TWILIO_AUTH_TOKEN is not set")
                    .contains("ElevenLabs is off: ELEVENLABS_API_KEY is not set")
                    .contains("Daily is off: DAILY_API_KEY is not set")
                    .doesNotContain("Retell is off");
            assertThat(half.get("/twilio/config").body())
                    .isEqualTo("{\"configured\":false,\"has_account_sid\":true,\"has_auth_token\":false,"
                            + "\"has_phone_number\":true}");
            JsonObject health = new JsonObject(half.get("/health").body());
            assertThat(provider(health, "twilio"))
                    .isEqualTo(new JsonObject().put("status", "not_configured").put("reason", "Set TWILIO_AUTH_TOKEN"));
            assertThat(provider(health, "elevenlabs").getString("reason")).isEqualTo("Set ELEVENLABS_API_KEY");
            assertUnavailable(
                    half.postJson("/twilio/sms/send", "{\"to\":\"+12025551234\",\"message\":\"x\"}"), SENTENCE);
            assertUnavailable(half.postJson("/sessions", Seeds.TWILIO), "Twilio not configured. Set TWILIO_AUTH_TOKEN");
        } finally {
            half.stop();
        }
    }

    /** Twilio is there, and the providers of agents and voices are not. */
    @Test
    void anAgentOrVoiceOfAProviderThatIsOffIsUnavailable() throws Exception {
        try (FakeProvider twilioApi = new FakeProvider(asked -> Told.json(200, "{\"sid\":\"AC\"}"))) {
            RunningGateway alone = RunningGateway.configured(Map.of(
                    "TWILIO_ACCOUNT_SID",
                    RunningGateway.ACCOUNT,
                    "TWILIO_AUTH_TOKEN",
                    RunningGateway.TOKEN,
                    "TWILIO_PHONE_NUMBER",
                    "+15550000000",
                    "TWILIO_API_BASE_URL",
                    twilioApi.origin().toString(),
                    "WEBHOOK_BASE_URL",
                    "http://127.0.0.1:${patchbay.http.port}"));
            try {
                alone.agent(new Agent(
                        "desk", "desk", "retell", null, "agent_1", null, null, null, null, AgentLimits.DEFAULT));

                assertThat(alone.get("/twilio/config").body()).contains("\"configured\":true");
                assertUnavailable(
                        alone.postJson(
                                "/twilio/voice/message",
                                "{\"to\":\"+12025551234\",\"message\":\"x\",\"voice\":\"elevenlabs:voice1\"}"),
                        "ElevenLabs not configured. Set ELEVENLABS_API_KEY");
                assertUnavailable(
                        alone.postJson("/calls", "{\"to\":\"+12025551234\",\"agent\":\"desk\"}"),
                        "Retell not configured. Set RETELL_API_KEY");
                assertThat(alone.postSigned("/api/webhooks/twilio/desk", Map.of("CallSid", "CA1", "To", "+15550000000"))
                                .body())
                        .contains("<Say>We are sorry");
                assertThat(alone.record("CA1").getString("error"))
                        .isEqualTo("Retell not configured. Set RETELL_API_KEY");
                assertThat(twilioApi.asked())
                        .as("only the health probe asks")
                        .allSatisfy(asked -> assertThat(asked.method()).isEqualTo("GET"));
            } finally {
                alone.stop();
            }
        }
    }

    private static JsonObject provider(JsonObject health, String name) {
        return health.getJsonObject("providers").getJsonObject(name);
    }

    private static void assertUnavailable(HttpResponse<String> answer, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(new JsonObject(answer.body()).getString("detail")).isEqualTo(detail);
    }
}
