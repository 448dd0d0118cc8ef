package dev.patchbay.provider.openai;

import dev.patchbay.http.ProviderProbe;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.route.ProviderSwitch;
import io.vertx.core.Vertx;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** OpenAI's part of the application. */
@Configuration
public class OpenAiConfiguration {

    @Bean
    ProviderSwitch openAiSwitch(OpenAiProperties properties) {
        return ProviderSwitch.of("openai", "OpenAI", properties.missing(), false);
    }

    @Bean
    ProviderProbe openAiProbe(OpenAiProperties properties, Vertx vertx) {
        return new ProviderProbe(
                "openai",
                properties.missing(),
                new ProviderProbe.Question(properties.apiBaseUrl() + "/models", authorization(properties)),
                vertx);
    }

    @Bean
    OpenAiChat openAiChat(OpenAiProperties properties, ProviderClients clients) {
        return new OpenAiChat(properties, clients.of("openai", properties.apiBaseUrl(), authorization(properties)));
    }

    private static Map<String, String> authorization(OpenAiProperties properties) {
        return Map.of("Authorization", "Bearer " + properties.apiKey());
    }
}
