package dev.patchbay.provider.retell;

import dev.patchbay.http.ProviderProbe;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.provider.LongWebhook;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.provider.SignedWebhook;
import dev.patchbay.route.AccessPolicy;
import dev.patchbay.route.ProviderSwitch;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.TranscriptStore;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Retell's part of the application. */
@Configuration
public class RetellConfiguration {

    @Bean
    ProviderSwitch retellSwitch(RetellProperties retell) {
        return ProviderSwitch.of("retell", "Retell", retell.missing(), false);
    }

    @Bean
    ProviderProbe retellProbe(RetellProperties retell, Vertx vertx) {
        return new ProviderProbe(
                "retell",
                retell.missing(),
                new ProviderProbe.Question(
                        retell.apiBaseUrl() + "/get-concurrency", Map.of("Authorization", "Bearer " + retell.apiKey())),
                vertx);
    }

    @Bean("retell-signature")
    AccessPolicy retellSignature(RetellProperties retell) {
        String key = retell.apiKey();
        if (key == null) {
            return new AccessPolicy(SignedWebhook.access(
                    "RETELL_API_KEY is not set: nothing is Retell's", (request, body, now) -> false));
        }
        RetellSignature signature = new RetellSignature(key);
        return new AccessPolicy(SignedWebhook.access(
                RetellSignature.HEADER + " is missing, wrong or too old",
                (request, body, now) -> signature.verify(request.getHeader(RetellSignature.HEADER), body, now)));
    }

    /** Every word of a call is told twice, with its times. */
    @Bean
    LongWebhook retellWebhook(RetellProperties retell) {
        String key = retell.apiKey();
        RetellSignature signature = key == null ? null : new RetellSignature(key);
        return new LongWebhook(
                "/webhooks/retell",
                request -> signature == null
                        ? Optional.empty()
                        : signature.check(request.getHeader(RetellSignature.HEADER)),
                head -> false);
    }

    @Bean
    RetellApi retellApi(RetellProperties retell, ProviderClients clients) {
        return new RetellApi(
                clients.of("retell", retell.apiBaseUrl(), Map.of("Authorization", "Bearer " + retell.apiKey())));
    }

    @Bean
    RetellCalls retellCalls(
            RetellApi api, RetellProperties retell, CallStore calls, CallEventStore events, PublicOrigin origin) {
        return new RetellCalls(api, retell.sipDomain(), calls, events, origin);
    }

    @Bean
    RetellEvents retellEvents(CallStore calls, CallEventStore events, TranscriptStore transcripts) {
        return new RetellEvents(calls, events, transcripts);
    }
}
