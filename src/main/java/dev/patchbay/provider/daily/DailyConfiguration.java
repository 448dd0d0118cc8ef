package dev.patchbay.provider.daily;

import dev.patchbay.http.ProviderProbe;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.provider.SignedWebhook;
import dev.patchbay.route.AccessPolicy;
import dev.patchbay.route.ProviderSwitch;
import dev.patchbay.store.SessionStore;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Daily's part of the application. */
@Configuration
public class DailyConfiguration {

    @Bean
    ProviderSwitch dailySwitch(DailyProperties daily) {
        return ProviderSwitch.of("daily", "Daily", daily.missing(), daily.webhookSecret() != null);
    }

    @Bean
    ProviderProbe dailyProbe(DailyProperties daily, Vertx vertx) {
        return new ProviderProbe(
                "daily",
                daily.missing(),
                new ProviderProbe.Question(daily.apiBaseUrl() + "/rooms?limit=1", authorization(daily)),
                vertx);
    }

    @Bean
    DailyRooms dailyRooms(DailyProperties daily, ProviderClients clients, Executor callWorker) {
        return new DailyRooms(
                clients.of("daily", daily.apiBaseUrl(), authorization(daily)),
                daily.roomLifetime(),
                Clock.systemUTC(),
                callWorker);
    }

    @Bean
    DailyEvents dailyEvents(SessionStore sessions, DailyProperties daily) {
        return new DailyEvents(sessions, daily.roomLifetime(), Clock.systemUTC());
    }

    private static Map<String, String> authorization(DailyProperties daily) {
        return Map.of("Authorization", "Bearer " + daily.apiKey());
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
