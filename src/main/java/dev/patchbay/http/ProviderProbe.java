package dev.patchbay.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a provider every 30 s, in the background, whether it is there and knows us. */
public final class ProviderProbe {

    private static final long EVERY = 30_000;
    private static final long TIMEOUT = 3_000;

    /**
     * @param state {@code up}, {@code down} or {@code not_configured}
     * @param reason why it is not up; null when it is
     */
    public record Result(String state, @Nullable String reason) {}

    /**
     * A cheap request that an account may make.
     *
     * @param url of the request
     * @param headers with the account's credentials
     */
    public record Question(String url, Map<String, String> headers) {}

    private final String name;
    private final Vertx vertx;
    private final HttpClient client;
    private final @Nullable Question question;
    private volatile Result last;

    /** @param missing variables without which the provider is off; then it is never asked */
    public ProviderProbe(String name, List<String> missing, @Nullable Question question, Vertx vertx) {
        this.name = name;
        this.question = missing.isEmpty() ? question : null;
        this.last = missing.isEmpty()
                ? new Result("up", null)
                : new Result("not_configured", "Set " + String.join(", ", missing));
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) TIMEOUT));
        this.vertx = vertx;
    }

    /** Begins to ask, once the gateway takes requests. Until the first answer a configured provider counts as up. */
    public void start() {
        Question asked = question;
        if (asked != null) {
            ask(asked);
            vertx.setPeriodic(EVERY, id -> ask(asked));
        }
    }

    public String name() {
        return name;
    }

    public Result last() {
        return last;
    }

    private void ask(Question asked) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(asked.url())
                .setTimeout(TIMEOUT);
        asked.headers().forEach(options::putHeader);
        client.request(options)
                .compose(request -> request.send())
                .onSuccess(response -> last = response.statusCode() < 400
                        ? new Result("up", null)
                        : new Result("down", "HTTP " + response.statusCode()))
                .onFailure(e -> last = new Result("down", e.getClass().getSimpleName()));
    }
}
