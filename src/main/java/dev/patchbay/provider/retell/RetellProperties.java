package dev.patchbay.provider.retell;

import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The Retell account.
 *
 * @param apiKey {@code RETELL_API_KEY}; also the key of the signatures on Retell's webhooks
 * @param apiBaseUrl base of the REST API, without a slash at its end ({@code RETELL_API_BASE_URL})
 * @param sipDomain where registered calls are dialled ({@code RETELL_SIP_DOMAIN}), with SIP parameters if any:
 *     {@code sip.retellai.com;transport=tcp}
 */
@ConfigurationProperties("patchbay.provider.retell")
public record RetellProperties(@Nullable String apiKey, URI apiBaseUrl, String sipDomain) {

    private static final URI API = URI.create("https://api.retellai.com");
    private static final String SIP = "sip.retellai.com";
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?(;[a-z]+=[A-Za-z0-9.-]+)*");

    public RetellProperties {
        apiKey = Setting.text(apiKey);
        apiBaseUrl = Objects.requireNonNullElse(Setting.baseUrl("RETELL_API_BASE_URL", apiBaseUrl), API);
        sipDomain = Objects.requireNonNullElse(Setting.text(sipDomain), SIP);
        if (!DOMAIN.matcher(sipDomain).matches()) {
            throw new InvalidSettingException("RETELL_SIP_DOMAIN", "must be a domain such as " + SIP);
        }
    }

    /** The variables without which Retell is off. */
    public List<String> missing() {
        return Setting.unset("RETELL_API_KEY", apiKey).toList();
    }

    @Override
    public String toString() {
        return "RetellProperties[apiKey=%s, apiBaseUrl=%s, sipDomain=%s]"
                .formatted(Setting.hidden(apiKey), apiBaseUrl, sipDomain);
    }
}
