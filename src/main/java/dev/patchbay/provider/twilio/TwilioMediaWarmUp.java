package dev.patchbay.provider.twilio;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.http.PublicPlane;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.MediaPipeline;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.media.MediaStreams.Expected;
import dev.patchbay.media.StreamEnd;
import dev.patchbay.media.StreamHooks;
import dev.patchbay.media.StreamJournal;
import dev.patchbay.media.WarmUp;
import dev.patchbay.media.WarmUpAgent;
import dev.patchbay.media.WarmUpAgent.Opened;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Warms the whole way of a frame with calls of our own over loopback: the caller's socket, Twilio's messages, the media
 * routes, the codec, the agent's socket, and all the way back. Calls begin and end meanwhile, since a way that was
 * compiled before anyone hung up is thrown away, and compiled again, when the first one does. Nothing is written down.
 */
@Component
final class TwilioMediaWarmUp implements WarmUp {

    /** At a time: more than one, as messages then come in the batches that they come in later. */
    private static final int LINES = 4;

    private static final int CALLS_PER_LINE = 8;

    private final List<WarmUpAgent> agents;
    private final MediaPipeline pipeline;
    private final MediaProperties properties;

    TwilioMediaWarmUp(List<WarmUpAgent> agents, MediaPipeline pipeline, MediaProperties properties) {
        this.agents = agents;
        this.pipeline = pipeline;
        this.properties = properties;
    }

    @Override
    public Future<Void> run(Vertx vertx) {
        Future<Void> done = Future.succeededFuture();
        for (WarmUpAgent agent : agents) {
            done = done.compose(v -> agent.open(vertx))
                    .compose(opened -> talk(vertx, opened).eventually(() -> opened.close()));
        }
        return done;
    }

    private Future<Void> talk(Vertx vertx, Opened agent) {
        MediaStreams streams = new MediaStreams(
                properties,
                List.of(agent),
                pipeline,
                call -> new Silent(),
                new NoHooks(),
                () -> System.nanoTime() / 1_000_000);
        WebSocketClient phones = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxConnections(LINES).setTryUsePerMessageCompression(false));
        // Behind a router and with the public plane's options, as later: other classes would be compiled otherwise.
        Router router = Router.router(vertx);
        router.get("/").handler(request -> request.request()
                .toWebSocket()
                .onSuccess(socket -> answer(socket, streams, agent))
                .onFailure(request::fail));
        return vertx.createHttpServer(
                        PublicPlane.serverOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(router)
                .listen()
                .compose(server -> lines(phones, server).eventually(() -> server.close()))
                .eventually(() -> phones.close());
    }

    private static Future<Void> lines(WebSocketClient phones, HttpServer server) {
        List<Future<Void>> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            Future<Void> calls = Future.succeededFuture();
            for (int call = 0; call < CALLS_PER_LINE; call++) {
                String callSid = "CA" + line + "-" + call;
                calls = calls.compose(v -> phones.connect(server.actualPort(), "127.0.0.1", "/"))
                        .compose(socket -> new TwilioWarmUpCaller(socket, callSid).talk());
            }
            lines.add(calls);
        }
        return Future.all(lines).mapEmpty();
    }

    private static void answer(ServerWebSocket socket, MediaStreams streams, Opened agent) {
        TwilioMediaLeg leg = new TwilioMediaLeg(socket, (callSid, caller) -> {
            AgentCall call = call(callSid, agent.provider());
            return streams.start(
                    Vertx.currentContext(), caller, new Expected("warm-up", call, agent, agent.prepare(call), 0));
        });
        socket.closeHandler(v -> leg.lost("closed"));
    }

    private static AgentCall call(String callSid, String provider) {
        Agent agent =
                new Agent("warm-up", "warm-up", provider, null, null, null, null, null, null, AgentLimits.DEFAULT);
        return new AgentCall(callSid, callSid, agent, Map.of(), false, false);
    }

    private record NoHooks() implements StreamHooks {

        @Override
        public void digit(AgentCall call, String digit) {
            // There are none.
        }

        @Override
        public void tool(AgentCall call, String tool, Map<String, Object> parameters, ToolAnswer answer) {
            // There are none.
        }
    }

    private record Silent() implements StreamJournal {

        @Override
        public void event(String type, Map<String, Object> data) {
            // Not a call.
        }

        @Override
        public void conversation(String providerCallId) {
            // Not a call.
        }

        @Override
        public void said(String role, String text) {
            // Not a call.
        }

        @Override
        public void corrected(String original, String corrected) {
            // Not a call.
        }

        @Override
        public void ended(StreamEnd end, MediaFigures figures) {
            // Not a call.
        }
    }
}
