package dev.patchbay.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Map;

/** Posts the webhooks of the providers that are played to this gateway. */
final class SandboxWebhooks {

    private static final long RINGING_MILLIS = 500;

    private final Vertx vertx;
    private final HttpClient http;
    private final SandboxAddress address;

    SandboxWebhooks(Vertx vertx, SandboxAddress address) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient();
        this.address = address;
    }

    /** Does something when a phone has rung for a while. */
    void afterRinging(Runnable answered) {
        vertx.setTimer(RINGING_MILLIS, timer -> answered.run());
    }

    /**
     * Posts JSON.
     *
     * @param path of the webhook at the gateway
     * @param headers the signature
     * @return the answer's HTTP status
     */
    Future<Integer> post(String path, byte[] body, Map<String, String> headers) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(address.gateway() + path)
                .setTimeout(10_000)
                .putHeader("Content-Type", "application/json");
        headers.forEach(options::putHeader);
        return http.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.end().map(response.statusCode()));
    }
}
