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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays Twilio's side of phone calls to this gateway: signed webhooks, TwiML followed verb by verb, media streams in
 * real time, strict reading of what comes back (contracts 1 and 2). Calls this machine only.
 *
 * <p>{@code <Say>} takes no time and {@code <Dial>} of a number as long as the caller's behaviour says; everything else takes
 * the time it takes at Twilio.
 */
public final class SandboxCaller {
    private static final int MOST_CALLS = 10_000;
    /** An agent may send many seconds of sound in one message. */
    private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;

    private final Vertx vertx;
    private final HttpClient http;
    private final WebSocketClient streams;
    private final Switchboard switchboard;
    private final Map<String, Live> live = new ConcurrentHashMap<>();

    /** A call that goes on, and the event loop that it lives on. */
    private record Live(SimulatedCall call, Context loop) {}

    /** Its {@code <Dial>}s reach nobody, and its recordings are lost. */
    public SandboxCaller(Vertx vertx) {
        this(vertx, (sipUri, callSid) -> Future.succeededFuture("completed"), (sid, wav) -> {});
    }

    /**
     * @param phones who is behind {@code <Dial><Sip>}
     * @param shelf where {@code <Start><Recording>} goes
     */
    public SandboxCaller(Vertx vertx, SipPhones phones, RecordingShelf shelf) {
        this.vertx = vertx;
        this.switchboard = new Switchboard(phones, shelf, new Conferences(), new Queues());
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
        SimulatedCall call = new SimulatedCall(vertx, http, streams, switchboard, request);
        live.put(call.callSid(), new Live(call, loop));
        loop.runOnContext(now ->
                call.run().onComplete(over -> live.remove(call.callSid())).onComplete(report));
        return report.future();
    }

    /** How a call stands, in Twilio's words; empty when it is over. */
    public Optional<String> status(String callSid) {
        return Optional.ofNullable(live.get(callSid)).map(call -> call.call().status());
    }

    /** Ends a call as Twilio does when it is told to. @return false when it is over already */
    public boolean end(String callSid) {
        return tell(callSid, SimulatedCall::end);
    }

    /** Interrupts a call, which goes on with this document. @return false when it is over already */
    public boolean goOnWith(String callSid, @Nullable String twiml, @Nullable String url) {
        return tell(callSid, call -> call.goOnWith(new SimulatedCall.Instruction(twiml, url)));
    }

    private boolean tell(String callSid, Consumer<SimulatedCall> what) {
        Live known = live.get(callSid);
        if (known == null) {
            return false;
        }
        known.loop().runOnContext(now -> what.accept(known.call()));
        return true;
    }
}
