package dev.patchbay.provider.daily;

import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The Daily domain.
 *
 * @param apiKey {@code DAILY_API_KEY}
 * @param apiBaseUrl base of the REST API, without a slash at its end ({@code DAILY_API_BASE_URL})
 * @param webhookSecret key of the webhooks' signature, Base64 as Daily shows it ({@code DAILY_WEBHOOK_SECRET})
 * @param roomLifetime from the creation of a room until it and its tokens expire and everybody is sent out
 */
@ConfigurationProperties("patchbay.provider.daily")
public record DailyProperties(
        @Nullable String apiKey, URI apiBaseUrl, @Nullable String webhookSecret, Duration roomLifetime) {

    private static final URI API = URI.create("https://api.daily.co/v1");

    public DailyProperties {
        apiKey = Setting.text(apiKey);
        apiBaseUrl = Objects.requireNonNullElse(Setting.baseUrl("DAILY_API_BASE_URL", apiBaseUrl), API);
        webhookSecret = Setting.text(webhookSecret);
        roomLifetime = Setting.positive(
                "patchbay.provider.daily.room-lifetime", Objects.requireNonNullElse(roomLifetime, Duration.ofHours(1)));
        if (webhookSecret != null && !isBase64(webhookSecret)) {
            throw new InvalidSettingException("DAILY_WEBHOOK_SECRET", "must be Base64, as Daily shows it");
        }
    }

    /** The variables without which Daily is off. */
    public List<String> missing() {
        return Setting.unset("DAILY_API_KEY", apiKey).toList();
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "DailyProperties[apiKey=%s, apiBaseUrl=%s, webhookSecret=%s, roomLifetime=%s]"
                .formatted(Setting.hidden(apiKey), apiBaseUrl, Setting.hidden(webhookSecret), roomLifetime);
    }
}
