package dev.patchbay.provider.elevenlabs;

import dev.patchbay.http.ProviderProbe;
import dev.patchbay.provider.LongWebhook;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.provider.SignedWebhook;
import dev.patchbay.route.AccessPolicy;
import dev.patchbay.route.ProviderSwitch;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.TranscriptStore;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** ElevenLabs' part of the application. */
@Configuration
public class ElevenLabsConfiguration {

    @Bean
    ProviderSwitch elevenLabsSwitch(ElevenLabsProperties properties) {
        boolean wanted = Stream.of(properties.agentId(), properties.voiceId(), properties.webhookSecret())
                .anyMatch(Objects::nonNull);
        return ProviderSwitch.of("elevenlabs", "ElevenLabs", missing(properties), wanted);
    }

    @Bean("elevenlabs-signature")
    AccessPolicy elevenLabsSignature(ElevenLabsProperties properties) {
        String secret = properties.webhookSecret();
        if (secret == null) {
            return new AccessPolicy(SignedWebhook.access(
                    "ELEVENLABS_WEBHOOK_SECRET is not set: nothing is ElevenLabs'", (request, body, now) -> false));
        }
        ElevenLabsSignature signature = new ElevenLabsSignature(secret);
        return new AccessPolicy(SignedWebhook.access(
                ElevenLabsSignature.HEADER + " is missing, wrong or too old",
                (request, body, now) -> signature.verify(request.getHeader(ElevenLabsSignature.HEADER), body, now)));
    }

    /** {@code post_call_audio} has the sound of a whole call in it, which Twilio's recordings are for here. */
    @Bean
    LongWebhook elevenLabsWebhook(ElevenLabsProperties properties) {
        String secret = properties.webhookSecret();
        ElevenLabsSignature signature = secret == null ? null : new ElevenLabsSignature(secret);
        return new LongWebhook(
                "/webhooks/elevenlabs",
                request -> signature == null
                        ? Optional.empty()
                        : signature.check(request.getHeader(ElevenLabsSignature.HEADER)),
                ElevenLabsEvents::isAudio);
    }

    @Bean
    ElevenLabsEvents elevenLabsEvents(CallStore calls, CallEventStore events, TranscriptStore transcripts) {
        return new ElevenLabsEvents(calls, events, transcripts);
    }

    @Bean
    ElevenLabsSpeech elevenLabsSpeech(ElevenLabsProperties properties, ProviderClients clients) {
        Map<String, String> key = Map.of("xi-api-key", Objects.requireNonNullElse(properties.apiKey(), ""));
        return new ElevenLabsSpeech(properties, clients.of("elevenlabs", properties.apiBaseUrl(), key));
    }

    @Bean
    ProviderProbe elevenLabsProbe(ElevenLabsProperties properties, Vertx vertx) {
        return new ProviderProbe(
                "elevenlabs",
                missing(properties),
                new ProviderProbe.Question(
                        properties.apiBaseUrl() + "/v1/user",
                        Map.of("xi-api-key", Objects.requireNonNullElse(properties.apiKey(), ""))),
                vertx);
    }

    /** The variables without which ElevenLabs is off. */
    private static List<String> missing(ElevenLabsProperties properties) {
        return properties.missing().stream()
                .filter(variable -> !variable.equals("ELEVENLABS_AGENT_ID")) // Stored agents bring their own.
                .toList();
    }
}
