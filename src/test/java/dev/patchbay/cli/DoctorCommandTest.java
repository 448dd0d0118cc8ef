package dev.patchbay.cli;

import static dev.patchbay.cli.FakeTwilioNumbers.ACCOUNT;
import static dev.patchbay.cli.FakeTwilioNumbers.NUMBER;
import static dev.patchbay.cli.FakeTwilioNumbers.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.FakeProvider.Told;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    private static final String KEY = "the-elevenlabs-key";

    private final FakeTwilioNumbers numbers = new FakeTwilioNumbers();
    private final FakeProvider world = new FakeProvider(numbers);
    private final Map<String, String> variables = new HashMap<>();

    @TempDir
    Path dir;

    @BeforeEach
    void configure() {
        String origin = world.origin().toString();
        variables.put("TWILIO_ACCOUNT_SID", ACCOUNT);
        variables.put("TWILIO_AUTH_TOKEN", TOKEN);
        variables.put("TWILIO_PHONE_NUMBER", NUMBER);
        variables.put("TWILIO_API_BASE_URL", origin);
        variables.put("WEBHOOK_BASE_URL", origin);
        variables.put("ELEVENLABS_API_KEY", KEY);
        variables.put("ELEVENLABS_API_BASE_URL", origin);
        variables.put("OPENAI_BASE_URL", origin + "/v1");
        variables.put("PATCHBAY_DATA_DIR", dir.resolve("data").toString());
        numbers.with("voice_url", origin + "/webhook/voice")
                .with("voice_fallback_url", origin + "/webhooks/twilio/fallback")
                .with("status_callback", origin + "/webhooks/twilio")
                .with("sms_url", origin + "/twilio/sms/incoming");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aSetUpThatWorksIsInOrder() {
        Run run = doctor();

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("Everything that is needed is in order.")
                .containsPattern("ok +TWILIO_AUTH_TOKEN +set \\(environment\\)")
                .containsPattern("off +OPENAI_API_KEY +not set")
                .containsPattern("ok +twilio +answers")
                .containsPattern("ok +elevenlabs +answers")
                .containsPattern("off +openai +not configured: set OPENAI_API_KEY")
                .containsPattern("ok +store +embedded, new in ")
                .containsPattern("ok +WEBHOOK_BASE_URL +health: HTTP 200")
                .containsPattern("ok +\\*\\*\\*23 voice ");
    }

    @Test
    void everyGroupStandsOnce() {
        assertThat(doctor().out().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "variables",
                        "routes",
                        "store",
                        "providers",
                        "gateway",
                        "numbers",
                        "Everything that is needed is in order.");
    }

    @Test
    void noValueOfAVariableIsShown() {
        assertThat(doctor().out()).doesNotContain(TOKEN, KEY, ACCOUNT, NUMBER);
        assertThat(doctor("--json").out()).doesNotContain(TOKEN, KEY, ACCOUNT, NUMBER);
    }

    @Test
    void asJson() {
        JsonObject report = new JsonObject(doctor("--json").out());

        assertThat(report.getBoolean("ok")).isTrue();
        assertThat(report.getJsonArray("findings"))
                .contains(new JsonObject()
                        .put("group", "providers")
                        .put("name", "openai")
                        .put("state", "off")
                        .put("detail", "not configured: set OPENAI_API_KEY"));
    }

    @Test
    void refusedCredentialsAreWrong() {
        variables.put("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009");
        world.answers(asked -> asked.target().equals("/v1/user") ? Told.json(401, "{}") : numbers.apply(asked));

        wrong("twilio", "refuses the credentials: HTTP 401");
        wrong("elevenlabs", "refuses the credentials: HTTP 401");
    }

    @Test
    void anOfferThatIsNotThereIsWrong() {
        variables.put("ELEVENLABS_API_BASE_URL", "http://127.0.0.1:1");
        variables.put("WEBHOOK_BASE_URL", "http://127.0.0.1:1");

        wrong("elevenlabs", "connection refused");
        wrong("WEBHOOK_BASE_URL", "connection refused: do the gateway and its tunnel run?");
    }

    @Test
    void anotherServerAtOurAddressIsWrong() {
        world.answers(asked -> asked.target().equals("/health") ? Told.json(404, "not found") : numbers.apply(asked));

        wrong("WEBHOOK_BASE_URL", "HTTP 404 from something that is no gateway");
    }

    @Test
    void aNumberThatCallsElsewhereIsWrongAndItsOtherUrlsAWarning() {
        numbers.with("voice_url", "https://demo.twilio.com/welcome/voice/").with("sms_url", "");

        wrong("***23 voice", "https://demo.twilio.com/welcome/voice/, not this gateway: see numbers set-webhooks");
        assertThat(doctor().out()).containsPattern("warning +\\*\\*\\*23 sms +not set, not this gateway");
    }

    @Test
    void aNumberThatTheAccountDoesNotHaveIsWrong() {
        variables.put("TWILIO_PHONE_NUMBER", "+14155550199");

        wrong("***99", "not a number of this account");
    }

    @Test
    void withoutTwilioNoCallComesIn() {
        variables.remove("TWILIO_AUTH_TOKEN");

        wrong("twilio", "not configured: set TWILIO_AUTH_TOKEN");
    }

    @Test
    void aSettingThatStopsTheStartIsNamed() {
        variables.put("PATCHBAY_HTTP_PORT", "abc");
        wrong("PATCHBAY_HTTP_PORT", "the value cannot be read as");
        variables.put("PATCHBAY_HTTP_PORT", "8080");
        variables.put("TWILIO_PHONE_NUMBER", "5550123");
        wrong("TWILIO_PHONE_NUMBER", "no number in E.164");
        variables.put("TWILIO_PHONE_NUMBER", NUMBER);
        variables.remove("WEBHOOK_BASE_URL");
        wrong("WEBHOOK_BASE_URL", "must be set with Twilio");
        variables.put("PATCHBAY_AUDIO_QUOTA", "much");
        wrong("PATCHBAY_AUDIO_QUOTA", "the value cannot be read as");
        variables.put("OPENAI_BASE_URL", "openai.com");
        wrong("OPENAI_BASE_URL", "must begin with https://");
        variables.put("PATCHBAY_ROUTES_DIR", "/nowhere");
        wrong("routes", "PATCHBAY_ROUTES_DIR");
    }

    @Test
    void aStoreThatCannotBeUsedIsWrong() throws Exception {
        variables.put(
                "PATCHBAY_DATA_DIR", Files.writeString(dir.resolve("file"), "x").toString());
        wrong("store", "cannot be written");
        variables.put("MONGODB_URI", "mongodb://user:secret@127.0.0.1:1/?serverSelectionTimeoutMS=200");
        wrong("store", "the server of MONGODB_URI does not answer");
        variables.put("MONGODB_URI", "mysql://127.0.0.1");
        wrong("store", "MONGODB_URI is no connection string");
    }

    private void wrong(String name, String detail) {
        Run run = doctor("--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).doesNotContain("secret");
        assertThat(new JsonObject(run.out()).getBoolean("ok")).isFalse();
        assertThat(new JsonObject(run.out()).getJsonArray("findings").stream().map(JsonObject.class::cast))
                .as(run.out())
                .anySatisfy(finding -> {
                    assertThat(finding.getString("state")).isEqualTo("wrong");
                    assertThat(finding.getString("name")).isEqualTo(name);
                    assertThat(finding.getString("detail")).contains(detail);
                });
    }

    private Run doctor(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "doctor";
        System.arraycopy(options, 0, args, 1, options.length);
        return Run.of(variables, args);
    }
}
