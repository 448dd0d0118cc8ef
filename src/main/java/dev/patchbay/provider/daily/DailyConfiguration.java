package dev.patchbay.provider.daily;

import dev.patchbay.http.ProviderProbe;
import dev.patchbay.provider.SignedWebhook;
import dev.patchbay.route.AccessPolicy;
import dev.patchbay.route.ProviderSwitch;
import io.vertx.core.Vertx;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Daily's part of the application. */
@Configuration
public class DailyConfiguration {

    @Bean
    ProviderSwitch dailySwitch(DailyProperties daily) {
        return new ProviderSwitch("daily", daily.apiKey() != null);
    }

    @Bean
    ProviderProbe dailyProbe(DailyProperties daily, Vertx vertx) {
        return new ProviderProbe(
                "daily",
                daily.missing(),
                new ProviderProbe.Question(
                        daily.apiBaseUrl() + "/", Map.of("Authorization", "Bearer " + daily.apiKey())),
                vertx);
    }

    /** Daily's creation test is let in too, unsigned: it comes before Daily has told the secret. It changes nothing. */
    @Bean("daily-signature")
    AccessPolicy dailySignature(DailyProperties daily) {
        String secret = daily.webhookSecret();
        if (secret == null) {
            return new AccessPolicy(SignedWebhook.access(
                    "DAILY_WEBHOOK_SECRET is not set: nothing is Daily's",
                    (request, body, now) -> DailyEvent.isCreationTest(body)));
        }
        DailySignature signature = new DailySignature(secret);
        return new AccessPolicy(SignedWebhook.access(
                DailySignature.HEADER + " is missing, wrong or too old",
                (request, body, now) -> DailyEvent.isCreationTest(body)
                        || signature.verify(
                                request.getHeader(DailySignature.HEADER),
                                request.getHeader(DailySignature.TIMESTAMP),
                                body,
                                now)));
    }
}
