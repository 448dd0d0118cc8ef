package dev.patchbay.provider.elevenlabs;

import dev.patchbay.settings.Setting;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The ElevenLabs account.
 *
 * @param apiKey {@code ELEVENLABS_API_KEY}
 * @param agentId the agent {@code general} ({@code ELEVENLABS_AGENT_ID}); not needed for speech
 * @param voiceId voice of generated speech ({@code ELEVENLABS_VOICE_ID})
 * @param apiBaseUrl base of the REST API, without a slash at its end ({@code ELEVENLABS_API_BASE_URL})
 * @param webhookSecret key of the post-call webhook's signature ({@code ELEVENLABS_WEBHOOK_SECRET})
 */
@ConfigurationProperties("patchbay.provider.elevenlabs")
public record ElevenLabsProperties(
        @Nullable String apiKey,
        @Nullable String agentId,
        @Nullable String voiceId,
        URI apiBaseUrl,
        @Nullable String webhookSecret) {

    private static final URI API = URI.create("https://api.elevenlabs.io");

    public ElevenLabsProperties {
        apiKey = Setting.text(apiKey);
        agentId = Setting.text(agentId);
        voiceId = Setting.text(voiceId);
        apiBaseUrl = Objects.requireNonNullElse(Setting.baseUrl("ELEVENLABS_API_BASE_URL", apiBaseUrl), API);
        webhookSecret = Setting.text(webhookSecret);
    }

    /** Whether a call can be connected to an agent. */
    public boolean isConfigured() {
        return missing().isEmpty();
    }

    /** The variables that are missing before a call can be connected, in the order of the documentation. */
    public List<String> missing() {
        return Stream.concat(Setting.unset("ELEVENLABS_API_KEY", apiKey), Setting.unset("ELEVENLABS_AGENT_ID", agentId))
                .toList();
    }

    @Override
    public String toString() {
        return "ElevenLabsProperties[apiKey=%s, agentId=%s, voiceId=%s, apiBaseUrl=%s, webhookSecret=%s]"
                .formatted(Setting.hidden(apiKey), agentId, voiceId, apiBaseUrl, Setting.hidden(webhookSecret));
    }
}
