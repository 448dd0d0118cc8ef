package dev.patchbay.cli;

import static dev.patchbay.cli.FakeTwilioNumbers.ACCOUNT;
import static dev.patchbay.cli.FakeTwilioNumbers.NUMBER;
import static dev.patchbay.cli.FakeTwilioNumbers.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.provider.OpenApiContract;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetWebhooksCommandTest {

    private static final String BASE = "https://voice.example.com";

    private final FakeTwilioNumbers numbers = new FakeTwilioNumbers();
    private final FakeProvider twilio = new FakeProvider(numbers);
    private final FakeProvider ngrok = new FakeProvider(asked -> Told.json(200, """
                    {"tunnels":[
                      {"public_url":"https://other.ngrok.app","proto":"https","config":{"addr":"http://localhost:3000"}},
                      {"public_url":"http://ours.ngrok.app","proto":"http","config":{"addr":"http://localhost:8080"}},
                      {"public_url":"https://ours.ngrok.app","proto":"https","config":{"addr":"http://localhost:8080"}}]}
                    """));
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void configure() {
        variables.put("TWILIO_ACCOUNT_SID", ACCOUNT);
        variables.put("TWILIO_AUTH_TOKEN", TOKEN);
        variables.put("TWILIO_API_BASE_URL", twilio.origin().toString());
        variables.put("WEBHOOK_BASE_URL", BASE);
    }

    @AfterEach
    void close() {
        twilio.close();
        ngrok.close();
    }

    @Test
    void theNumberPointsHere() {
        Run run = Run.of(variables, "numbers", "set-webhooks", "+1 (415) 555-0123", "--base-url", BASE + "/");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(numbers.number().getString("voice_url")).isEqualTo(BASE + "/twilio/incoming-call");
        assertThat(numbers.number().getString("voice_fallback_url")).isEqualTo(BASE + "/webhooks/twilio/fallback");
        assertThat(numbers.number().getString("status_callback")).isEqualTo(BASE + "/webhooks/twilio");
        assertThat(numbers.number().getString("sms_url")).isEqualTo(BASE + "/twilio/sms/incoming");
        assertThat(run.out())
                .contains(NUMBER)
                .contains("voice     " + BASE + "/twilio/incoming-call")
                .doesNotContain("Start the gateway", TOKEN);
    }

    @Test
    void requestsAreAsTheContractSays() {
        OpenApiContract contract = OpenApiContract.of("twilio_api_v2010.json");

        Run.of(variables, "numbers", "set-webhooks", NUMBER, "--base-url", BASE);

        assertThat(twilio.asked()).hasSize(2).allSatisfy(asked -> assertThat(contract.violations(
                        asked.method(),
                        asked.target(),
                        asked.contentType().isEmpty() ? null : asked.contentType(),
                        asked.body()))
                .isEmpty());
    }

    @Test
    void withoutAnOriginNgrokIsAskedForTheTunnelToOurPort() {
        Run run = Run.of(variables, "numbers", "set-webhooks", NUMBER, "--ngrok-api", ngrok.origin() + "/api/tunnels");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(ngrok.last().target()).isEqualTo("/api/tunnels");
        assertThat(numbers.number().getString("voice_url")).isEqualTo("https://ours.ngrok.app/twilio/incoming-call");
        assertThat(run.out()).contains("Start the gateway with WEBHOOK_BASE_URL=https://ours.ngrok.app");
    }

    @Test
    void aTunnelToElsewhereIsNotTaken() {
        variables.put("PATCHBAY_HTTP_PORT", "9999");

        Run run = Run.of(variables, "numbers", "set-webhooks", NUMBER, "--ngrok-api", ngrok.origin() + "/api/tunnels");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("none to port 9999");
        assertThat(twilio.asked()).isEmpty();
    }

    @Test
    void withoutNgrokItSaysWhatToDo() {
        ngrok.close();

        Run run = Run.of(variables, "numbers", "set-webhooks", NUMBER, "--ngrok-api", ngrok.origin() + "/api/tunnels");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("no ngrok at").contains("--base-url");
    }

    @Test
    void aNumberOfSomebodyElseIsLeftAlone() {
        Run run = Run.of(variables, "numbers", "set-webhooks", "+14155550199", "--base-url", BASE);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("+14155550199: not a number of this account");
        assertThat(twilio.asked()).noneMatch(asked -> asked.method().equals("POST"));
    }

    @Test
    void anApplicationThatBeatsTheUrlsIsTold() {
        numbers.with("voice_application_sid", "AP00000000000000000000000000000001");

        Run run = Run.of(variables, "numbers", "set-webhooks", NUMBER, "--base-url", BASE);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Twilio ignores the voice URLs").contains("application AP0000");
    }

    @Test
    void aRefusalIsToldInTwiliosWords() {
        variables.put("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000009");

        Run run = Run.of(variables, "numbers", "set-webhooks", NUMBER, "--base-url", BASE);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Twilio answered 401: 20003 Authenticate");
    }

    @Test
    void withoutAnAccountNothingIsAsked() {
        variables.remove("TWILIO_AUTH_TOKEN");

        Run run = Run.of(variables, "numbers", "set-webhooks", NUMBER, "--base-url", BASE);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN");
        assertThat(twilio.asked()).isEmpty();
    }
}
