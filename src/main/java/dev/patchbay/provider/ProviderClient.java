package dev.patchbay.provider;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.Deadline;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to a provider's REST API. It answers within the deadline of the inbound request, replays only what is safe
 * to replay, leaves a provider alone that keeps failing, and says in one vocabulary what went wrong:
 *
 * <table>
 * <caption>What becomes of a request</caption>
 * <tr><td>2xx, 3xx, 4xx but 429</td><td>the answer, for the caller to judge</td></tr>
 * <tr><td>429</td><td>tried again after {@code Retry-After} or a growing wait, four times at most; then {@link
 *     ErrorCategory#UNAVAILABLE} with a time to come back</td></tr>
 * <tr><td>5xx, refused, reset</td><td>{@link ErrorCategory#PROVIDER_FAILED}; what creates nothing is asked once more when
 *     there was no answer at all</td></tr>
 * <tr><td>no answer in time</td><td>{@link ErrorCategory#TIMED_OUT}</td></tr>
 * <tr><td>half of the last requests failed</td><td>{@link ErrorCategory#UNAVAILABLE}, without asking</td></tr>
 * </table>
 */
public final class ProviderClient {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderClient.class);
    /** For requests that nobody waits for. */
    private static final Duration USUAL = Duration.ofSeconds(8);
    /** Kept of the inbound request's time, to answer it. */
    static final Duration RESERVE = Duration.ofMillis(500);
    /** A request with less time than this says nothing about the provider when it is late. */
    private static final long FAIR_MILLIS = 1000;

    private static final int ATTEMPTS = 4;

    private final String provider;
    private final URI baseUrl;
    private final Map<String, String> credentials;
    private final Vertx vertx;
    private final HttpClient http;
    private final CircuitBreaker breaker;
    private final Backoff backoff;
    private final ProviderSpans spans;

    ProviderClient(
            String provider,
            URI baseUrl,
            Map<String, String> credentials,
            Vertx vertx,
            HttpClient http,
            CircuitBreaker breaker,
            Backoff backoff,
            ProviderSpans spans) {
        this.provider = provider;
        this.baseUrl = baseUrl;
        this.credentials = Map.copyOf(credentials);
        this.vertx = vertx;
        this.http = http;
        this.breaker = breaker;
        this.backoff = backoff;
        this.spans = spans;
    }

    /**
     * Sends a request and waits for the answer. Blocks: for worker threads only.
     *
     * @throws PatchbayException as the table above says
     */
    public ProviderAnswer send(ProviderRequest request) {
        return exchange(request, response -> ProviderExchange.whole(provider, response), answer -> answer);
    }

    /**
     * Sends a request whose answer may be large, and waits for its head only; the body comes as it is read. The answer
     * has no bytes when it is a success. Whoever asks closes the stream. Blocks: for worker threads only.
     *
     * @throws PatchbayException as for {@link #send}
     */
    public ProviderStream open(ProviderRequest request) {
        return exchange(request, response -> ProviderStream.of(provider, response), ProviderStream::answer);
    }

    private <T> T exchange(
            ProviderRequest request,
            Function<HttpClientResponse, Future<T>> reader,
            Function<T, ProviderAnswer> answerOf) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("A request to " + provider + " would block an event loop");
        }
        ProviderSpans.Request span = spans.begin(provider, request.method(), baseUrl);
        try {
            return exchange(request, reader, answerOf, span);
        } catch (RuntimeException e) {
            span.failed(e);
            throw e;
        } finally {
            span.end();
        }
    }

    private <T> T exchange(
            ProviderRequest request,
            Function<HttpClientResponse, Future<T>> reader,
            Function<T, ProviderAnswer> answerOf,
            ProviderSpans.Request span) {
        Duration time = Deadline.leftOr(USUAL.plus(RESERVE)).minus(RESERVE);
        long end = System.nanoTime() + time.toNanos();
        boolean again = !request.create();
        for (int attempt = 1; ; attempt++) {
            T got;
            if (attempt > 1) {
                span.sentAgain(attempt - 1);
            }
            try {
                got = attempt(request, end, reader, answerOf, span);
            } catch (IOException e) {
                if (again && millisUntil(end) > 0) {
                    again = false;
                    continue;
                }
                throw unreachable(request, e);
            }
            ProviderAnswer answer = answerOf.apply(got);
            span.answered(answer.status());
            if (answer.status() >= 500) {
                throw new PatchbayException(ErrorCategory.PROVIDER_FAILED, provider, answer.reason());
            }
            if (answer.status() != 429) {
                return got;
            }
            Duration wait = backoff.after(answer.headers().get("retry-after"), attempt);
            if (attempt == ATTEMPTS || wait.toMillis() >= millisUntil(end)) {
                throw new PatchbayException(ErrorCategory.UNAVAILABLE, provider, answer.reason(), null, wait);
            }
            LOG.info("{} asks to wait {} ms", provider, wait.toMillis());
            pause(wait);
        }
    }

    private <T> T attempt(
            ProviderRequest request,
            long end,
            Function<HttpClientResponse, Future<T>> reader,
            Function<T, ProviderAnswer> answerOf,
            ProviderSpans.Request span)
            throws IOException {
        long millis = millisUntil(end);
        if (millis <= 0) {
            throw late(request, false);
        }
        if (!breaker.tryAcquirePermission()) {
            throw new PatchbayException(
                    ErrorCategory.UNAVAILABLE,
                    provider,
                    provider + " keeps failing and is not asked for a moment",
                    null,
                    Duration.ofSeconds(10));
        }
        long begin = System.nanoTime();
        try {
            T got = new ProviderExchange<>(vertx, http, reader).run(options(request, span), request.body(), millis);
            long took = System.nanoTime() - begin;
            int status = answerOf.apply(got).status();
            if (status >= 500) {
                breaker.onError(took, TimeUnit.NANOSECONDS, new IOException(String.valueOf(status)));
            } else {
                breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            }
            return got;
        } catch (IOException e) {
            breaker.onError(System.nanoTime() - begin, TimeUnit.NANOSECONDS, e);
            throw e;
        } catch (TimeoutException e) {
            if (millis < FAIR_MILLIS) {
                breaker.releasePermission();
            } else {
                breaker.onError(System.nanoTime() - begin, TimeUnit.NANOSECONDS, e);
            }
            throw late(request, true);
        } catch (InterruptedException e) {
            breaker.releasePermission();
            Thread.currentThread().interrupt();
            // The gateway is shutting down. Of a create nobody knows more than after a time-out.
            throw request.create() ? late(request, true) : interrupted();
        }
    }

    private RequestOptions options(ProviderRequest request, ProviderSpans.Request span) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setAbsoluteURI(baseUrl + request.path());
        if (request.contentType() != null) {
            options.putHeader("Content-Type", request.contentType());
        }
        request.headers().forEach(options::putHeader);
        credentials.forEach(options::putHeader);
        if (request.traced()) {
            span.passOn(options::putHeader);
        }
        return options;
    }

    private PatchbayException unreachable(ProviderRequest request, IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof ConnectTimeoutException) {
            return new PatchbayException(
                    ErrorCategory.TIMED_OUT, provider, provider + " could not be connected in time", e);
        }
        LOG.warn("{} {} failed: {}", provider, request.method(), cause.toString());
        return new PatchbayException(
                ErrorCategory.PROVIDER_FAILED, provider, provider + " could not be reached or broke off", e);
    }

    /** Of a create that was sent nobody knows whether it was carried out: whoever asks again must know that. */
    private PatchbayException late(ProviderRequest request, boolean sent) {
        return new PatchbayException(
                ErrorCategory.TIMED_OUT,
                provider,
                provider + " did not answer in time"
                        + (request.create() && sent ? "; whether it did what it was asked is not known" : ""));
    }

    private PatchbayException interrupted() {
        Thread.currentThread().interrupt();
        return new PatchbayException(ErrorCategory.UNAVAILABLE, provider, "The gateway is shutting down");
    }

    private void pause(Duration wait) {
        try {
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static long millisUntil(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
}
