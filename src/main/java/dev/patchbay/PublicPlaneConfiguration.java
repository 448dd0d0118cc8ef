package dev.patchbay;

import dev.patchbay.http.ApiEntrance;
import dev.patchbay.http.ApiKeyHandler;
import dev.patchbay.http.ApiKeys;
import dev.patchbay.http.Health;
import dev.patchbay.http.HostedMedia;
import dev.patchbay.http.HostedMediaHandler;
import dev.patchbay.http.ProviderProbe;
import dev.patchbay.http.PublicHandler;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.http.PublicPlane;
import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.http.RateLimit;
import dev.patchbay.http.openapi.ApiEditions;
import dev.patchbay.http.openapi.ApiPages;
import dev.patchbay.http.openapi.ApiRequests;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.route.RouteStatus;
import dev.patchbay.route.Routes;
import dev.patchbay.store.AudioStore;
import dev.patchbay.store.StoreHealth;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The public plane: event loops, origin, keys, limits, health, servers. */
@Configuration
public class PublicPlaneConfiguration {

    /** Exchanges at once: routes may block on the store or a provider. */
    private static final int WORKERS = 64;

    @Bean(destroyMethod = "close")
    Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setWorkerPoolSize(WORKERS)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
    }

    /** Without a public URL (the sandbox, or no Twilio) it is this machine's own. */
    @Bean
    PublicOrigin publicOrigin(PublicPlaneProperties plane, TwilioProperties twilio) {
        URI origin = plane.publicOrigin(twilio.webhookUrl());
        return new PublicOrigin(origin == null ? URI.create("http://127.0.0.1:" + plane.port()) : origin);
    }

    @Bean
    ApiKeys apiKeys(PublicPlaneProperties properties) {
        return ApiKeys.of(properties.apiKeys());
    }

    @Bean
    ApiKeyHandler apiKeyHandler(ApiKeys keys) {
        return new ApiKeyHandler(keys);
    }

    @Bean
    ApiEntrance apiEntrance(ApiKeyHandler keys, PublicPlaneProperties properties) {
        return new ApiEntrance(keys, new RateLimit(properties.rateLimit()));
    }

    @Bean
    ApiEditions apiEditions(Vertx vertx) {
        return new ApiEditions(vertx);
    }

    @Bean
    ApiRequests apiRequests(Routes routes, ApiEntrance entrance, Vertx vertx) {
        return new ApiRequests(routes::api, entrance, vertx);
    }

    @Bean
    ApiPages apiPages(Routes routes) {
        return new ApiPages(routes::api);
    }

    @Bean
    Health health(StoreHealth store, List<ProviderProbe> providers, RouteStatus routes, ApiKeyHandler keys) {
        return new Health(store::isUp, providers, routes::faults, keys);
    }

    /** Generated speech and other audio that is ours to serve. */
    @Bean
    HostedMediaHandler hostedAudioHandler(AudioStore store) {
        return new HostedMediaHandler(
                "audio",
                id -> store.find(id)
                        .map(audio -> new HostedMedia(
                                audio.contentType(),
                                audio.bytes(),
                                audio.id(),
                                audio.expiresAt(),
                                from -> store.open(audio.id(), from))),
                Clock.systemUTC());
    }

    @Bean
    PublicPlane publicPlane(
            Vertx vertx,
            PublicPlaneProperties properties,
            List<PublicHandler> handlers,
            ApiRequests check,
            Routes routes) {
        return new PublicPlane(vertx, properties, handlers, check, routes);
    }
}
