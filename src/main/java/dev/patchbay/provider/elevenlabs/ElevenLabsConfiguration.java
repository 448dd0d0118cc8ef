package dev.patchbay.provider.elevenlabs;

import dev.patchbay.http.ProviderProbe;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.route.ProviderSwitch;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** ElevenLabs' part of the application. */
@Configuration
public class ElevenLabsConfiguration {

    @Bean
    ProviderSwitch elevenLabsSwitch(ElevenLabsProperties properties) {
        return new ProviderSwitch("elevenlabs", properties.apiKey() != null);
    }

    @Bean
    ElevenLabsSpeech elevenLabsSpeech(ElevenLabsProperties properties, ProviderClients clients) {
        Map<String, String> key = Map.of("xi-api-key", Objects.requireNonNullElse(properties.apiKey(), ""));
        return new ElevenLabsSpeech(properties, clients.of("elevenlabs", properties.apiBaseUrl(), key));
    }

    @Bean
    ProviderProbe elevenLabsProbe(ElevenLabsProperties properties, Vertx vertx) {
        List<String> missing = properties.missing().stream()
                .filter(variable -> !variable.equals("ELEVENLABS_AGENT_ID")) // Stored agents bring their own.
                .toList();
        return new ProviderProbe(
                "elevenlabs",
                missing,
                new ProviderProbe.Question(
                        properties.apiBaseUrl() + "/v1/user",
                        Map.of("xi-api-key", Objects.requireNonNullElse(properties.apiKey(), ""))),
                vertx);
    }
}
