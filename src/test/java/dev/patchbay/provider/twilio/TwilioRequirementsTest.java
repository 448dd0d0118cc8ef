package dev.patchbay.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.settings.InvalidSettingException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class TwilioRequirementsTest {

    private static final TwilioProperties ACCOUNT = twilio("AC1", "12345", null, true);
    private static final TwilioProperties UNSIGNED = twilio(null, null, null, false);
    private static final PublicPlaneProperties NOWHERE = publicPlane(null);

    @Test
    void unsignedWebhooksAreForTheSandboxOnly() {
        assertThatThrownBy(() -> start(UNSIGNED, NOWHERE))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("TWILIO_VALIDATE_SIGNATURE: ");
        assertThatCode(() -> start(UNSIGNED, NOWHERE, "sandbox")).doesNotThrowAnyException();
    }

    @Test
    void anAccountNeedsAPublicUrl() {
        assertThatThrownBy(() -> start(ACCOUNT, NOWHERE))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("WEBHOOK_BASE_URL: ");
        assertThatCode(() -> {
                    start(ACCOUNT, NOWHERE, "sandbox");
                    start(ACCOUNT, publicPlane("https://voice.example.com"));
                    start(twilio("AC1", "12345", "https://voice.example.com/webhooks/twilio", true), NOWHERE);
                    start(twilio(null, null, null, true), NOWHERE);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void theOriginOfTheWebhookUrlStandsInForThePublicUrl() {
        URI webhook = URI.create("https://hooks.example.com:8443/webhooks/twilio");

        assertThat(NOWHERE.publicOrigin(webhook)).hasToString("https://hooks.example.com:8443");
        assertThat(publicPlane("https://voice.example.com").publicOrigin(webhook))
                .hasToString("https://voice.example.com");
        assertThat(NOWHERE.publicOrigin(null)).isNull();
    }

    @Test
    void aHalfConfiguredAccountIsWarnedOf(CapturedOutput output) {
        start(twilio("AC1", null, null, true), NOWHERE);

        assertThat(output).contains("Twilio is off: TWILIO_AUTH_TOKEN is not set");
    }

    @Test
    void aNumberWithoutAnAccountIsWarnedOf(CapturedOutput output) {
        start(twilio(null, null, List.of("+15550000000"), null, true), NOWHERE);

        assertThat(output).contains("Twilio is off: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN is not set");
    }

    @Test
    void anAccountWithoutANumberIsWarnedOf(CapturedOutput output) {
        start(ACCOUNT, publicPlane("https://voice.example.com"));

        assertThat(output)
                .contains("no call and no message goes out: TWILIO_PHONE_NUMBER is not set")
                .doesNotContain("Twilio is off");
    }

    @Test
    void whoHasNothingOrAllOfItIsNotWarned(CapturedOutput output) {
        start(twilio(null, null, null, true), NOWHERE);
        start(twilio("AC1", "12345", List.of("+15550000000"), null, true), publicPlane("https://voice.example.com"));

        assertThat(output).doesNotContain("TWILIO_");
    }

    @Test
    void aPublicUrlInTheClearIsWarnedOf(CapturedOutput output) {
        start(ACCOUNT, publicPlane("http://voice.example.com"));

        assertThat(output).contains("The public URL http://voice.example.com is not https");
    }

    private static void start(TwilioProperties twilio, PublicPlaneProperties http, String... profiles) {
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles(profiles);
        assertThat(new TwilioRequirements(twilio, http, environment)).isNotNull();
    }

    private static TwilioProperties twilio(
            @Nullable String sid, @Nullable String token, @Nullable String webhookUrl, boolean validate) {
        return twilio(sid, token, List.of(), webhookUrl, validate);
    }

    private static TwilioProperties twilio(
            @Nullable String sid,
            @Nullable String token,
            List<String> numbers,
            @Nullable String webhookUrl,
            boolean validate) {
        return new TwilioProperties(
                sid,
                token,
                numbers,
                URI.create("https://api.twilio.com"),
                webhookUrl == null ? null : URI.create(webhookUrl),
                validate);
    }

    private static PublicPlaneProperties publicPlane(@Nullable String url) {
        return new PublicPlaneProperties(8080, null, url == null ? null : URI.create(url), List.of(), 600);
    }
}
