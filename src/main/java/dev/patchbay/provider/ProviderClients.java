package dev.patchbay.provider;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Makes the client of each provider; what a provider's clients have in common (its circuit breaker) is kept here. */
@Component
public final class ProviderClients {

    static final Duration CONNECT = Duration.ofSeconds(3);

    /** Half of the last 20 requests failed: ask nobody for 10 s, then try three. */
    private static final CircuitBreakerConfig BREAKER = CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(10))
            .permittedNumberOfCallsInHalfOpenState(3)
            .build();

    private final Vertx vertx;
    private final HttpClient http;
    private final ProviderSpans spans;
    private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(BREAKER);

    @Autowired
    public ProviderClients(Vertx vertx, ProviderSpans spans) {
        this.vertx = vertx;
        this.spans = spans;
        http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setMaxPoolSize(64) // for each provider: as many as exchanges at once
                .setKeepAliveTimeout(20)); // s; shorter than the providers' own, who would reset a late request
    }

    /** Where nobody takes traces. */
    public ProviderClients(Vertx vertx) {
        this(vertx, ProviderSpans.NONE);
    }

    /**
     * A client of this provider's REST API.
     *
     * @param provider as its folder is named, {@code twilio}
     * @param baseUrl without a slash at its end; may have a path
     * @param authHeaders credentials, sent with every request
     */
    public ProviderClient of(String provider, URI baseUrl, Map<String, String> authHeaders) {
        return of(provider, baseUrl, authHeaders, Backoff.DEFAULT);
    }

    ProviderClient of(String provider, URI baseUrl, Map<String, String> authHeaders, Backoff backoff) {
        // By its address too: who gives a server of their own a provider's name must not have the provider left alone.
        CircuitBreaker breaker = breakers.circuitBreaker(provider + " at " + baseUrl.getAuthority());
        return new ProviderClient(provider, baseUrl, authHeaders, vertx, http, breaker, backoff, spans);
    }
}
