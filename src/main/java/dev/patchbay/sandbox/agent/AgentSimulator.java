package dev.patchbay.sandbox.agent;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays ElevenLabs' agent socket: {@code GET .../v1/convai/conversation?agent_id=..&conversation_signature=..},
 * upgraded to a WebSocket. What it says and expects is ElevenLabs' AsyncAPI description of the agent socket.
 *
 * <p>The agent id chooses behaviour and audio formats, {@code <behaviour>[.<input format>[.<output format>]]}; both
 * formats are {@code pcm_16000} unless named, and the output is like the input unless named:
 *
 * <ul>
 *   <li>{@code parrot}: gives back every piece of sound at once.
 *   <li>{@code greeter}: speaks a recorded greeting, repeats each utterance, can be interrupted.
 *   <li>{@code flaky-refuse}: HTTP 403 instead of the upgrade.
 *   <li>{@code flaky-mute}: never sends its metadata.
 *   <li>{@code flaky-stall}: sends its metadata and then nothing at all.
 *   <li>{@code flaky-drop}: greets, then drops the connection after one second of caller audio.
 *   <li>{@code flaky-drop-once}: so for the first conversation of a call (dynamic variable {@code call_sid}, else
 *       {@code user_id}), a parrot in the next.
 *   <li>{@code flaky-close}: greets, then closes normally (1000) after one second of caller audio.
 *   <li>{@code flaky-junk}: malformed, unknown and incomplete messages, then a parrot.
 *   <li>{@code flaky-huge}: one message of 17 MiB, then a parrot.
 *   <li>{@code flaky-forbid}: closes with 1008 when the initiation has an override, else a parrot.
 *   <li>{@code flaky-tool}: calls the client's tool named by the dynamic variable {@code tool} and says its answer.
 *   <li>{@code flaky-slow-reader}: reads nothing for five seconds, then a parrot.
 * </ul>
 *
 * <p>An unknown agent, a wrong signature and a first message that is not the initiation are closed with 1008.
 */
public final class AgentSimulator {
    static final int POLICY_VIOLATION = 1008;

    private static final Logger LOG = LoggerFactory.getLogger(AgentSimulator.class);
    private static final int MOST_CONVERSATIONS = 1_000;

    private final Vertx vertx;
    private final SandboxSignatures signatures;
    private final Behaviours behaviours = new Behaviours();
    private final Deque<Conversation> conversations = new ArrayDeque<>();
    private final int mostConversations;

    public AgentSimulator(Vertx vertx, SandboxSignatures signatures) {
        this(vertx, signatures, MOST_CONVERSATIONS);
    }

    /** Keeps fewer conversations. */
    AgentSimulator(Vertx vertx, SandboxSignatures signatures, int mostConversations) {
        this.vertx = vertx;
        this.signatures = signatures;
        this.mostConversations = mostConversations;
    }

    /** Takes the request over: upgrades it, or answers with an HTTP error. */
    public void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String agentId = request.getParam("agent_id", "");
        String signature = request.getParam("conversation_signature");
        SimulatedAgent agent = agent(agentId);
        if (agent != null && Behaviours.refuses(agent.behaviour())) {
            ctx.response().setStatusCode(403).end();
            return;
        }
        request.toWebSocket()
                .onSuccess(socket -> {
                    if (!signatures.verify(agentId, signature)) {
                        socket.close((short) POLICY_VIOLATION, "Invalid conversation signature");
                    } else if (agent == null) {
                        socket.close((short) POLICY_VIOLATION, "The AI agent you are trying to reach does not exist");
                    } else {
                        converse(socket, () -> drop(request), agentId, agent);
                    }
                })
                .onFailure(fault -> LOG.info("An agent socket was not opened: {}", fault.toString()));
    }

    /** The last 1000 conversations, oldest first. */
    public List<Conversation> conversations() {
        synchronized (conversations) {
            return List.copyOf(conversations);
        }
    }

    private @Nullable SimulatedAgent agent(String agentId) {
        try {
            SimulatedAgent agent = SimulatedAgent.parse(agentId);
            return behaviours.knows(agent.behaviour()) ? agent : null;
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private void converse(ServerWebSocket socket, Runnable drop, String agentId, SimulatedAgent agent) {
        Conversation conversation = new Conversation("conv_" + UUID.randomUUID(), agentId);
        synchronized (conversations) {
            conversations.addLast(conversation);
            if (conversations.size() > mostConversations) {
                conversations.removeFirst();
            }
        }
        AgentSocket out = new AgentSocket(vertx, socket, drop, agent, conversation);
        ClientMessages in = new ClientMessages(out, conversation, behaviours.create(out));
        socket.textMessageHandler(in::text);
        socket.binaryMessageHandler(message -> in.violation("binary message"));
        socket.exceptionHandler(fault -> conversation.violated("socket failed: " + fault));
        socket.closeHandler(closed -> conversation.closed(code(socket)));
    }

    private static @Nullable Integer code(ServerWebSocket socket) {
        Short code = socket.closeStatusCode();
        return code == null ? null : Integer.valueOf(code);
    }

    /** Every other close, the channel's own too, says goodbye with a close frame first. */
    private static void drop(HttpServerRequest request) {
        ((HttpServerConnection) request.connection())
                .channel()
                .pipeline()
                .firstContext()
                .close();
    }
}
