package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seed 001: messages and calls over the REST API, with its bodies and its shapes. */
class TwilioRestFlowIT {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.shared();
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return new JsonObject(answer.body());
    }

    @Test
    void anSmsIsSentStoredAndFollowed() throws Exception {
        HttpResponse<String> answer = gateway.postJson("/twilio/sms/send", """
                {
                  "to": "+12025551234",
                  "message": "Hello from MYCA! This is a test message."
                }""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonObject sent = json(answer);
        assertThat(sent.fieldNames()).containsExactly("status", "sid", "to", "from");
        assertThat(sent.getString("status")).isEqualTo("success");
        assertThat(sent.getString("sid")).matches("SM[0-9a-f]{32}");
        assertThat(sent.getString("to")).isEqualTo("+12025551234");
        assertThat(sent.getString("from")).isEqualTo("+15550000000");

        await().untilAsserted(() -> {
            JsonObject status = json(gateway.get("/twilio/status/" + sent.getString("sid")));
            assertThat(status.fieldNames()).containsExactly("sid", "status", "to", "from", "body", "date_sent");
            assertThat(status.getString("status")).isEqualTo("delivered");
            assertThat(status.getString("body")).isEqualTo("Hello from MYCA! This is a test message.");
            assertThat(status.getString("date_sent")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        });
        await().untilAsserted(() -> {
            JsonObject message = stored(sent.getString("sid"));
            assertThat(message.getString("status")).isEqualTo("delivered");
            assertThat(message.getString("direction")).isEqualTo("outbound");
            assertThat(message.getString("body")).startsWith("Hello from MYCA!");
        });
    }

    private static JsonObject stored(String sid) throws Exception {
        return json(gateway.get("/messages?limit=200")).getJsonArray("messages").stream()
                .map(JsonObject.class::cast)
                .filter(message -> sid.equals(message.getString("sid")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not stored: " + sid));
    }

    @Test
    void emojiAndSeparatorsPass() throws Exception {
        JsonObject sent = json(gateway.postJson(
                "/twilio/sms/send", "{\"to\":\"+1 (202) 555-1234\",\"message\":\"Grüße 👋 & <tags>\"}"));

        assertThat(sent.getString("to")).isEqualTo("+12025551234");
        assertThat(json(gateway.get("/twilio/status/" + sent.getString("sid"))).getString("body"))
                .isEqualTo("Grüße 👋 & <tags>");
    }

    @Test
    void aTextIsSpokenOnThePhone() throws Exception {
        JsonObject called = json(gateway.postJson("/twilio/voice/message", """
                {
                  "to": "+12025551234",
                  "message": "Hello, this is MYCA speaking. I can deliver voice messages via Twilio.",
                  "voice": "alice"
                }"""));

        assertThat(called.fieldNames()).containsExactly("status", "sid", "to", "message");
        assertThat(called.getString("status")).isEqualTo("success");
        assertThat(called.getString("message"))
                .isEqualTo("Hello, this is MYCA speaking. I can deliver voice messages via Twilio.");
        String callSid = called.getString("sid");
        await().untilAsserted(() -> {
            JsonObject record = gateway.record(callSid);
            assertThat(record.getString("status")).isEqualTo("completed");
            assertThat(record.getString("direction")).isEqualTo("outbound");
            assertThat(record.getString("to")).isEqualTo("+12025551234");
        });
        assertThat(json(gateway.get("/twilio/status/" + callSid)).fieldNames())
                .containsExactly("sid", "status", "to", "from", "body", "date_sent");
        assertThat(gateway.eventTypes(callSid)).contains("call-placed", "call-status");
    }

    @Test
    void aDocumentIsPlayedOnThePhone() throws Exception {
        JsonObject called = json(gateway.postJson("/twilio/voice/call", """
                {
                  "to": "+12025551234",
                  "twiml_url": "https://your-server.com/twiml/voice.xml"
                }"""));

        assertThat(called.fieldNames()).containsExactly("status", "sid", "to", "from");
        assertThat(called.getString("sid")).matches("CA[0-9a-f]{32}");
        JsonObject inline = json(gateway.postJson(
                "/twilio/voice/call",
                "{\"to\":\"+12025551234\",\"twiml\":\"<Response><Say>Hello</Say><Hangup/></Response>\"}"));
        assertThat(inline.getString("status")).isEqualTo("success");
        await().untilAsserted(
                        () -> assertThat(gateway.record(inline.getString("sid")).getString("status"))
                                .isEqualTo("completed"));
    }

    @Test
    void aDocumentThatWeHostIsPlayedOnThePhone() throws Exception {
        JsonObject called =
                json(gateway.postJson("/twilio/voice/call", "{\"to\":\"+12025551234\",\"name\":\"greeting\"}"));

        assertThat(called.fieldNames()).containsExactly("status", "sid", "to", "from");
        JsonObject report = gateway.report(called.getString("sid"));
        assertThat(report.getJsonArray("violations")).isEmpty();
        assertThat(report.getJsonArray("said")).containsExactly("Hello, and thank you for calling.");
    }

    @Test
    void whoDoesNotPickUpIsToldApart() throws Exception {
        JsonObject called =
                json(gateway.postJson("/twilio/voice/message", "{\"to\":\"+15005551001\",\"message\":\"Hello\"}"));

        await().untilAsserted(
                        () -> assertThat(gateway.record(called.getString("sid")).getString("status"))
                                .isEqualTo("busy"));
    }

    @Test
    void theConfigurationIsShown() throws Exception {
        assertThat(gateway.get("/twilio/config").body())
                .isEqualTo("{\"configured\":true,\"has_account_sid\":true,\"has_auth_token\":true,"
                        + "\"has_phone_number\":true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/twilio/sms/send | {\"message\":\"x\"} | to is missing",
                "/twilio/sms/send | {\"to\":\"+12025551234\"} | message is missing",
                "/twilio/sms/send | {\"to\":\"+12025551234\",\"message\":\" \"} | message is missing",
                "/twilio/sms/send | {\"to\":\"+12025551234\",\"message\":7} | message must be a text",
                "/twilio/sms/send | {\"to\":\"12025551234\",\"message\":\"x\"} | to is not a phone number",
                "/twilio/sms/send | {\"to\":\"+12025551234\",\"message\":\"x\",\"from\":\"me\"} | from is not a phone",
                "/twilio/sms/send | [] | body must be an object",
                "/twilio/sms/send | {\"to\": | The body is not JSON",
                "/twilio/voice/message | {\"to\":\"+12025551234\",\"message\":\"x\",\"voice\":\"bob\"} | voice is none of",
                "/twilio/voice/message | {\"to\":\"+12025551234\",\"message\":\"x\",\"language\":\"<\"} | language is not",
                "/twilio/voice/call | {\"to\":\"+12025551234\"} | twiml_url is missing",
                "/twilio/voice/call | {\"to\":\"+12025551234\",\"twiml_url\":\"http://10.0.0.1/x\"} | twiml_url must be",
                "/twilio/voice/call | {\"to\":\"+12025551234\",\"name\":\"../x\"} | name may have",
                "/twilio/sms/send | {\"to\":\"+15005550001\",\"message\":\"x\"} | twilio answered 400: 21211 Invalid",
                "/twilio/sms/send | {\"to\":\"+15005550004\",\"message\":\"x\"} | twilio answered 400: 21610 Attempt",
            })
    void whatIsWrongIsNamed(String path, String body, String detail) throws Exception {
        HttpResponse<String> answer = gateway.postJson(path, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).getString("detail")).startsWith(detail);
    }

    @Test
    void tooLongIsAnErrorAndNotCut() throws Exception {
        String fits = "👋".repeat(1600);

        assertThat(gateway.postJson("/twilio/sms/send", "{\"to\":\"+12025551234\",\"message\":\"" + fits + "\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(gateway.postJson("/twilio/sms/send", "{\"to\":\"+12025551234\",\"message\":\"" + fits + "x\"}"))
                        .getString("detail"))
                .isEqualTo("message is longer than 1600 characters");
        assertThat(json(gateway.postJson(
                                "/twilio/voice/message",
                                "{\"to\":\"+12025551234\",\"message\":\"" + "<".repeat(2000) + "\"}"))
                        .getString("detail"))
                .startsWith("message is too long");
    }

    @ParameterizedTest
    @CsvSource({
        "SM00000000000000000000000000000000, 404, twilio answered 404: 20404",
        "CA00000000000000000000000000000000, 404, twilio answered 404: 20404",
        "nonsense, 400, sid is neither",
    })
    void anUnknownSidIsNotFound(String sid, int status, String detail) throws Exception {
        HttpResponse<String> answer = gateway.get("/twilio/status/" + sid);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).getString("detail")).startsWith(detail);
    }

    @Test
    void aVoiceThatNobodyServesIsSaid() throws Exception {
        HttpResponse<String> answer = gateway.postJson(
                "/twilio/voice/message", "{\"to\":\"+12025551234\",\"message\":\"x\",\"voice\":\"nobody:v1\"}");

        assertThat(answer.statusCode()).isEqualTo(501);
    }
}
