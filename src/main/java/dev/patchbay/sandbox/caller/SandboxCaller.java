package dev.patchbay.sandbox.caller;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.impl.VertxInternal;

/**
 * Plays Twilio's side of phone calls to this gateway: signed webhooks, TwiML followed verb by verb, media streams in
 * real time, strict reading of what comes back (contracts 1 and 2). Calls this machine only.
 *
 * <p>{@code <Say>} takes no time and {@code <Dial>} of a number ends at once; everything else takes the time it takes at Twilio.
 */
public final class SandboxCaller {
    private static final int MOST_CALLS = 10_000;
    /** An agent may send many seconds of sound in one message. */
    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final HttpClient http;
    private final WebSocketClient streams;
    private final SipPhones phones;

    /** Its {@code <Dial>}s reach nobody. */
    public SandboxCaller(Vertx vertx) {
        this(vertx, (sipUri, callSid) -> Future.succeededFuture("completed"));
    }

    /** @param phones who is behind {@code <Dial><Sip>} */
    public SandboxCaller(Vertx vertx, SipPhones phones) {
        this.vertx = vertx;
        this.phones = phones;
        this.http = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(100));
        this.streams = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(MOST_CALLS)
                .setMaxMessageSize(LARGEST_MESSAGE)
                .setClosingTimeout(2));
    }

    /** Places a call; completes when the call is over, however it went. */
    public Future<CallReport> call(CallRequest request) {
        // A loop of its own: a caller's thread would put all its calls on one.
        Context loop = ((VertxInternal) vertx).createEventLoopContext();
        Promise<CallReport> report = Promise.promise();
        loop.runOnContext(now ->
                new SimulatedCall(vertx, http, streams, phones, request).run().onComplete(report));
        return report.future();
    }
}
