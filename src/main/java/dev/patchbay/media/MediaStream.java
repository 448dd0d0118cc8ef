package dev.patchbay.media;

import dev.patchbay.call.MediaFigures;
import dev.patchbay.media.MediaFrame.Leg;
import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import io.vertx.core.Context;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live audio of one call: a caller's leg, an agent's leg, and what goes on between them.
 *
 * <p>Everything runs on one event loop, the caller socket's: no locks, no hops, order kept. Caller audio that comes
 * while no agent listens waits in a bounded buffer, oldest dropped first. Agent audio is never dropped: a full queue
 * towards the caller stops the agent's socket. The stream ends once, from either side, and its journal says why.
 */
public final class MediaStream {

    /** Set-up, reconnection and backpressure together: 20 s of caller audio, in bytes. */
    private static final int CALLER_BUFFER = 20 * 8000;
    /** Two attempts to reach the agent. */
    private static final int ATTEMPTS = 2;
    /** A caller frame this much later than the stream's best one is late, in ms. */
    private static final long LATE = 60;
    /** The caller may hear the agent's last words for this long after the agent closed, in ms. */
    private static final long LAST_WORDS = 30_000;
    /** How soon the phone provider ends a stream whose call it was told to move on, in ms. */
    private static final long MOVING = 10_000;

    private final Context context;
    private final AgentConnector connector;
    private final MediaPipeline pipeline;
    private final StreamJournal journal;
    private final StreamHooks hooks;
    private final MediaTaps taps;
    private final Consumer<MediaStream> onEnded;
    private final StreamLimits limits;
    private final boolean mayReconnect;
    private final CallerLeg caller;
    private final AgentCall call;

    private final MediaFrame callerFrame = new MediaFrame(this, Leg.CALLER);
    private final MediaFrame agentFrame = new MediaFrame(this, Leg.AGENT);
    private final CallerBuffer waiting = new CallerBuffer(CALLER_BUFFER);
    private final Playback playback;
    private @Nullable AgentLeg agent;
    private @Nullable MediaCodec toAgent;
    private @Nullable MediaCodec toCaller;
    private byte[] agentBytes = new byte[0];
    private byte[] callerBytes = new byte[0];

    private final long startedAt = now();
    private long attemptDeadline;
    private long agentDeadline;
    private int attemptsLeft = ATTEMPTS;
    private boolean reconnected;
    private boolean agentPaused;
    private long agentHeardAt = startedAt;
    private long voiceAt = startedAt;
    private @Nullable StreamEnd ending;
    private long endingBy;
    private boolean ended;
    private long movingUntil = Long.MIN_VALUE;

    private long framesIn;
    private long dropped;
    private long late;
    private long bestDelay = Long.MAX_VALUE;
    private @Nullable Long firstAudioMs;

    MediaStream(
            Context context,
            CallerLeg caller,
            AgentCall call,
            AgentConnector connector,
            MediaPipeline pipeline,
            StreamLimits limits,
            StreamJournal journal,
            StreamHooks hooks,
            MediaTaps taps,
            Consumer<MediaStream> onEnded) {
        this.context = context;
        this.caller = caller;
        this.call = call;
        this.connector = connector;
        this.pipeline = pipeline;
        this.limits = limits;
        this.journal = journal;
        this.hooks = hooks;
        this.taps = taps;
        this.onEnded = onEnded;
        this.mayReconnect = call.agent().limits().reconnect();
        this.playback = new Playback(caller);
    }

    /** Begins: the caller's stream has started. */
    void start(AgentConnector.Preparation preparation) {
        journal.event("media-started", Map.of("provider", connector.provider()));
        agentDeadline = startedAt + limits.setup();
        StreamTicks.of(context).add(this);
        connect(call, preparation);
    }

    /** The call that this stream belongs to. */
    public AgentCall call() {
        return call;
    }

    StreamJournal journal() {
        return journal;
    }

    // ---- the caller's side -------------------------------------------------------------------------------------

    /**
     * Caller audio: mu-law, 8000 Hz.
     *
     * @param timestamp ms since the stream began, as the caller's side counts; negative when unknown
     */
    public void callerAudio(byte[] mulaw, int length, long timestamp) {
        framesIn++;
        long now = now();
        if (timestamp >= 0) {
            long delay = now - timestamp;
            bestDelay = Math.min(bestDelay, delay);
            if (delay - bestDelay > LATE) {
                late++;
            }
        }
        if (VoiceActivity.isSpeech(mulaw, length)) {
            voiceAt = now;
        }
        taps.heard(call, Leg.CALLER, mulaw, length, now - startedAt);
        if (waiting.isEmpty() && agentTakesAudio()) {
            passToAgent(mulaw, length);
        } else {
            dropped += waiting.offer(mulaw, length) / 160;
        }
    }

    /** A digit: the agent is told in words, the route {@code call-dtmf} gets it as it is. */
    public void callerDigit(String digit) {
        voiceAt = now();
        hooks.digit(call, digit);
        journal.event("dtmf", Map.of());
        tellAgent("The caller pressed the key " + digit + " on the phone.");
    }

    /** A mark came back: the caller heard everything sent before it. */
    public void callerHeard(String mark) {
        playback.heard(mark);
    }

    /** The caller's socket takes audio again. */
    public void callerDrained() {
        if (agentPaused && agent != null && agent.isReady()) {
            agentPaused = false;
            agentHeardAt = now();
            agent.connection().resume();
        }
    }

    /** The phone provider ended the stream: the caller hung up, or the call was moved on. */
    public void callerStopped() {
        end(ending != null ? ending : unlessMoving(StreamEnd.byCaller()));
    }

    /** The caller's socket is gone without a word. */
    public void callerLost(String reason) {
        end(ending != null ? ending : unlessMoving(new StreamEnd("caller", reason)));
    }

    // ---- what others may do to a live call -----------------------------------------------------------------------

    /** Tells the agent something without interrupting it. From any thread. */
    public void sendContext(String text) {
        context.runOnContext(v -> tellAgent(text));
    }

    /** Says something to the agent as if the caller had. From any thread. */
    public void sendUserMessage(String text) {
        context.runOnContext(v -> {
            if (agent != null && agent.isReady()) {
                agent.connection().sendUserMessage(text);
            }
        });
    }

    /** Hangs up. From any thread. */
    public void hangUp(@Nullable String reason) {
        context.runOnContext(v -> end(unlessMoving(StreamEnd.byGateway(reason))));
    }

    /**
     * The phone provider is being told to go on with something else: when it ends this stream for that, nobody has hung
     * up. From any thread.
     */
    public void movesOn() {
        context.runOnContext(v -> movingUntil = now() + MOVING);
    }

    private StreamEnd unlessMoving(StreamEnd end) {
        return now() < movingUntil ? StreamEnd.movedOn() : end;
    }

    // ---- the agent's side ----------------------------------------------------------------------------------------

    void agentReady(AgentLeg leg, AgentFormats formats, @Nullable String conversationId) {
        toAgent = new MediaCodec(AudioFormat.ULAW_8000, formats.input());
        toCaller = new MediaCodec(formats.output(), AudioFormat.ULAW_8000);
        attemptDeadline = Long.MAX_VALUE;
        agentDeadline = Long.MAX_VALUE;
        agentHeardAt = now();
        if (conversationId != null) {
            journal.conversation(conversationId);
        }
        journal.event(
                "agent-connected",
                Map.of(
                        "input", formats.input().wireName(),
                        "output", formats.output().wireName(),
                        "setup_ms", now() - startedAt));
        if (leg.call.resumed()) {
            leg.connection()
                    .sendContext(
                            "The conversation was interrupted for a moment. The call with the same caller goes on.");
        }
        agentDrained();
    }

    void agentAlive() {
        agentHeardAt = now();
    }

    void voiceHeard() {
        voiceAt = now();
    }

    void agentAudio(byte[] data, int length) {
        if (firstAudioMs == null) {
            firstAudioMs = now() - startedAt;
        }
        agentFrame.audio(data, length);
        pipeline.pass(agentFrame);
        if (!agentPaused && agent != null && caller.writeQueueFull()) {
            agentPaused = true;
            agent.connection().pause();
        }
    }

    void agentInterrupted() {
        if (toCaller != null) {
            toCaller.reset();
        }
        playback.clear(now());
        journal.event("agent-interrupted", Map.of("heard_ms", playback.heardMs()));
    }

    void agentTurnEnded() {
        playback.endTurn(now());
    }

    void agentDrained() {
        byte[] chunk = null;
        while (!waiting.isEmpty() && agentTakesAudio()) {
            chunk = chunk == null ? new byte[160] : chunk;
            passToAgent(chunk, waiting.poll(chunk));
        }
    }

    void toolCalled(AgentLeg leg, String toolCallId, String tool, Map<String, Object> parameters) {
        hooks.tool(
                call,
                tool,
                parameters,
                (result, error) -> context.runOnContext(v -> {
                    if (leg.isReady()) {
                        leg.connection().sendToolResult(toolCallId, result, error);
                    }
                }));
    }

    void agentClosed(AgentLeg leg, boolean wasReady, AgentClose close) {
        if (leg != agent || ended || ending != null) {
            return;
        }
        agent = null;
        agentPaused = false;
        if (close.kind() == AgentClose.Kind.ENDED && wasReady) {
            playback.endTurn(now());
            finish(StreamEnd.byAgent());
        } else if (close.kind() == AgentClose.Kind.FORBIDDEN && leg.call.overrides() && firstAudioMs == null) {
            journal.event("agent-override-forbidden", Map.of("reason", close.reason()));
            connect(leg.call.withoutOverrides(), connector.prepare(leg.call));
        } else if (wasReady) {
            lostMidCall(leg, close.reason());
        } else {
            attemptFailed(leg, close.reason());
        }
    }

    // ---- between the two -----------------------------------------------------------------------------------------

    /** Transcodes a frame in place. Called by the media routes. */
    public void transcode(MediaFrame frame) {
        boolean fromCaller = frame.from() == Leg.CALLER;
        MediaCodec codec = fromCaller ? toAgent : toCaller;
        if (codec == null || codec.isPassthrough()) {
            return;
        }
        int needed = codec.maxOutput(frame.length());
        byte[] out = fromCaller ? agentBytes : callerBytes;
        if (out.length < needed) {
            out = new byte[needed];
            if (fromCaller) {
                agentBytes = out;
            } else {
                callerBytes = out;
            }
        }
        frame.audio(out, codec.convert(frame.data(), 0, frame.length(), out, 0));
    }

    /** Hands a frame to the leg that it is for. Called at the end of the media routes. */
    public void deliver(MediaFrame frame) {
        if (frame.from() == Leg.AGENT) {
            long now = now();
            playback.append(frame.data(), frame.length(), now);
            taps.heard(call, Leg.AGENT, frame.data(), frame.length(), now - startedAt);
            if (VoiceActivity.isSpeech(frame.data(), frame.length())) {
                voiceAt = Math.max(voiceAt, playback.endsAt());
            }
        } else if (agent != null && agent.isReady()) {
            agent.connection().sendAudio(frame.data(), frame.length());
        }
    }

    /** A frame did not come through its route. */
    void frameFailed() {
        dropped++;
    }

    private boolean agentTakesAudio() {
        return agent != null && agent.isReady() && !agent.connection().writeQueueFull();
    }

    private void passToAgent(byte[] mulaw, int length) {
        callerFrame.audio(mulaw, length);
        pipeline.pass(callerFrame);
    }

    private void tellAgent(String text) {
        if (agent != null && agent.isReady()) {
            agent.connection().sendContext(text);
        }
    }

    private void connect(AgentCall toCall, AgentConnector.Preparation preparation) {
        attemptDeadline = now() + limits.attempt();
        AgentLeg leg = new AgentLeg(this, toCall);
        agent = leg;
        leg.connect(connector, preparation);
    }

    private void attemptFailed(AgentLeg leg, String reason) {
        attemptsLeft--;
        journal.event("agent-attempt-failed", Map.of("reason", reason));
        if (attemptsLeft > 0 && now() < agentDeadline) {
            connect(leg.call, connector.prepare(leg.call));
        } else {
            agent = null;
            finish(StreamEnd.agentLost(reason));
        }
    }

    private void lostMidCall(AgentLeg leg, String reason) {
        journal.event("agent-lost", Map.of("reason", reason));
        playback.endTurn(now());
        if (mayReconnect && !reconnected) {
            reconnected = true;
            attemptsLeft = 1;
            agentDeadline = now() + limits.reconnect();
            connect(leg.call.asResumed(), connector.prepare(leg.call));
        } else {
            finish(StreamEnd.agentLost(reason));
        }
    }

    /** Looks at the time limits. Called by {@link StreamTicks}. */
    void tick() {
        long now = now();
        playback.endTurnWhenDry(now);
        AgentLeg leg = agent;
        if (ending != null) {
            if (!playback.isPlaying(now) || now >= endingBy) {
                end(ending);
            }
        } else if (now - startedAt >= limits.maxCall()) {
            end(StreamEnd.byGateway("Maximum call length reached"));
        } else if (leg != null && !leg.isReady()) {
            if (now >= Math.min(attemptDeadline, agentDeadline)) {
                leg.abandon();
                attemptFailed(leg, "no answer within " + limits.attempt() + " ms");
            }
        } else if (leg != null && !agentPaused && now - agentHeardAt >= limits.stall()) {
            leg.abandon();
            agent = null;
            lostMidCall(leg, "no message for " + limits.stall() + " ms");
        } else if (now - voiceAt >= limits.silence()) {
            end(StreamEnd.byGateway("Nobody spoke for " + limits.silence() + " ms"));
        }
    }

    /** Ends when the caller has heard what the agent said last. */
    private void finish(StreamEnd end) {
        long now = now();
        if (playback.isPlaying(now)) {
            ending = end;
            endingBy = now + LAST_WORDS;
        } else {
            end(end);
        }
    }

    private void end(StreamEnd end) {
        if (ended) {
            return;
        }
        ended = true;
        StreamTicks.of(context).remove(this);
        if (agent != null) {
            agent.abandon();
            agent = null;
        }
        taps.ended(call);
        // The phone provider may ask what comes next as soon as the socket is closed: be able to tell before.
        onEnded.accept(this);
        journal.ended(end, new MediaFigures(framesIn, playback.framesOut(), dropped, late, firstAudioMs));
        caller.close();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
