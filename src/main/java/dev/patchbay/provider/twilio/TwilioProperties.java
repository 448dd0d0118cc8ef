package dev.patchbay.provider.twilio;

import dev.patchbay.call.PhoneNumber;
import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * The Twilio account.
 *
 * @param accountSid {@code TWILIO_ACCOUNT_SID}
 * @param authToken {@code TWILIO_AUTH_TOKEN}; also the key of {@link TwilioSignature}
 * @param phoneNumbers numbers of the account, E.164 ({@code TWILIO_PHONE_NUMBER}, comma-separated); the first one is
 *     the default sender
 * @param apiBaseUrl base of the REST API, without a slash at its end ({@code TWILIO_API_BASE_URL})
 * @param webhookUrl where status events go ({@code TWILIO_WEBHOOK_URL}); null: {@code /webhooks/twilio} at the public
 *     origin
 * @param validateSignature {@code TWILIO_VALIDATE_SIGNATURE}
 */
@ConfigurationProperties("patchbay.provider.twilio")
public record TwilioProperties(
        @Nullable String accountSid,
        @Nullable String authToken,
        @Name("phone-number") List<String> phoneNumbers,
        URI apiBaseUrl,
        @Nullable URI webhookUrl,
        @DefaultValue("true") boolean validateSignature) {

    private static final URI API = URI.create("https://api.twilio.com");

    public TwilioProperties {
        accountSid = Setting.text(accountSid);
        authToken = Setting.text(authToken);
        phoneNumbers = Setting.list(phoneNumbers).stream()
                .map(TwilioProperties::number)
                .distinct()
                .toList();
        apiBaseUrl = Objects.requireNonNullElse(Setting.baseUrl("TWILIO_API_BASE_URL", apiBaseUrl), API);
        webhookUrl = Setting.baseUrl("TWILIO_WEBHOOK_URL", webhookUrl);
    }

    /** Whether calls can be answered: a phone number is needed for calls and messages that we start only. */
    public boolean isConfigured() {
        return accountSid != null && authToken != null;
    }

    /** The variables that are missing for everything to work, in the order of the documentation. */
    public List<String> missing() {
        return Stream.of(
                        Setting.unset("TWILIO_ACCOUNT_SID", accountSid),
                        Setting.unset("TWILIO_AUTH_TOKEN", authToken),
                        Setting.unset("TWILIO_PHONE_NUMBER", defaultPhoneNumber()))
                .flatMap(unset -> unset)
                .toList();
    }

    /** The variables without which nothing works: calls that come in need no number of ours. */
    public List<String> missingCredentials() {
        return missing().stream()
                .filter(variable -> !variable.equals("TWILIO_PHONE_NUMBER"))
                .toList();
    }

    /** The number that calls and messages come from unless told otherwise; null when none is configured. */
    public @Nullable String defaultPhoneNumber() {
        return phoneNumbers.isEmpty() ? null : phoneNumbers.get(0);
    }

    private static String number(String given) {
        try {
            return PhoneNumber.parse(given);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidSettingException(
                    "TWILIO_PHONE_NUMBER", "holds " + PhoneNumber.masked(given) + ", which is no number in E.164");
        }
    }

    @Override
    public String toString() {
        return "TwilioProperties[accountSid=%s, authToken=%s, phoneNumbers=%d, apiBaseUrl=%s, webhookUrl=%s, validateSignature=%s]"
                .formatted(
                        accountSid,
                        Setting.hidden(authToken),
                        phoneNumbers.size(),
                        apiBaseUrl,
                        webhookUrl,
                        validateSignature);
    }
}
