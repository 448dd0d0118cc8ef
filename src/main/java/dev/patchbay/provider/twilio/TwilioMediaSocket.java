package dev.patchbay.provider.twilio;

import dev.patchbay.http.PublicHandler;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.media.MediaStreams.Expected;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * {@code WS /twilio/media-stream/{token}}: Twilio's media socket. The upgrade's signature is checked, the token is used
 * up, and {@code start} must name the call that the token was made for; anything else is closed with 1008.
 */
@Component
public final class TwilioMediaSocket implements PublicHandler {

    /** Path before the token. */
    public static final String PATH = "/twilio/media-stream/";

    private static final short POLICY = 1008;

    private final TwilioRequests requests;
    private final MediaStreams streams;
    private final long startTimeout;

    public TwilioMediaSocket(TwilioRequests requests, MediaStreams streams, MediaProperties properties) {
        this.requests = requests;
        this.streams = streams;
        this.startTimeout = properties.startTimeout().toMillis();
    }

    @Override
    public void mount(Router router) {
        router.get(PATH + ":token").handler(this::upgrade);
    }

    private void upgrade(RoutingContext request) {
        if (!requests.isSignedUpgrade(request.request())) {
            TwilioRequests.refuse(request);
            return;
        }
        Optional<Expected> expected = streams.claim(request.pathParam("token"));
        request.request()
                .toWebSocket()
                .onSuccess(socket -> expected.ifPresentOrElse(
                        call -> open(socket, call), () -> socket.close(POLICY, "unknown stream")))
                .onFailure(notAWebSocket -> request.fail(400));
    }

    private void open(ServerWebSocket socket, Expected expected) {
        Context context = Vertx.currentContext();
        TwilioMediaLeg leg = new TwilioMediaLeg(
                socket,
                (callSid, caller) ->
                        callSid.equals(expected.call().callSid()) ? streams.start(context, caller, expected) : null);
        streams.socketOpened();
        long timer = context.owner().setTimer(startTimeout, id -> leg.startTimedOut());
        socket.closeHandler(v -> {
            context.owner().cancelTimer(timer);
            streams.socketClosed();
            leg.reportIgnored();
            Short code = socket.closeStatusCode();
            leg.lost(code == null ? "Socket dropped" : "Socket closed with " + code);
        });
    }
}
