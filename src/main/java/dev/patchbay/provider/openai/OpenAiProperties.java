package dev.patchbay.provider.openai;

import dev.patchbay.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * OpenAI, or a server that speaks its API.
 *
 * @param apiKey {@code OPENAI_API_KEY}; a server that checks none takes any
 * @param apiBaseUrl with its version and without a slash at its end ({@code OPENAI_BASE_URL})
 * @param chatModel {@code OPENAI_CHAT_MODEL}
 */
@ConfigurationProperties("patchbay.provider.openai")
public record OpenAiProperties(
        @Nullable String apiKey,
        URI apiBaseUrl,
        @DefaultValue("gpt-4o-mini") String chatModel) {

    private static final URI API = URI.create("https://api.openai.com/v1");

    public OpenAiProperties {
        apiKey = Setting.text(apiKey);
        apiBaseUrl = Objects.requireNonNullElse(Setting.baseUrl("OPENAI_BASE_URL", apiBaseUrl), API);
        chatModel = chatModel.trim();
    }

    /** The variables without which OpenAI is off. */
    public List<String> missing() {
        return Setting.unset("OPENAI_API_KEY", apiKey).toList();
    }

    @Override
    public String toString() {
        return "OpenAiProperties[apiKey=%s, apiBaseUrl=%s, chatModel=%s]"
                .formatted(Setting.hidden(apiKey), apiBaseUrl, chatModel);
    }
}
