package dev.patchbay.media;

import io.vertx.core.Context;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The media streams of this gateway: those that are talking and those that were answered and have yet to connect.
 *
 * <p>An answered call gets a token that nobody can guess, good for one socket and for a minute. A repeated answer for the
 * same call voids the token before. Thread-safe; held in memory, because a token dies with the process that would have
 * carried its audio.
 */
public final class MediaStreams {

    /** A call answered this long ago without a socket no longer counts as one, in ms. */
    private static final long COUNTED = 10_000;

    private final MediaProperties properties;
    private final Map<String, AgentConnector> connectors;
    private final MediaPipeline pipeline;
    private final Function<AgentCall, StreamJournal> journals;
    private final StreamHooks hooks;
    private final LongSupplier clock;
    private final MediaTaps taps = new MediaTaps();
    private final SecureRandom random = new SecureRandom();
    // The oldest first, as all live equally long: who asks looks only at those that are over.
    private final Map<String, Expected> byToken = new LinkedHashMap<>();
    private final Map<String, Expected> onTheirWay = new LinkedHashMap<>();
    private final Map<String, String> tokenByCallSid = new HashMap<>();
    private final Map<String, MediaStream> liveByCallSid = new HashMap<>();
    private int sockets;
    private boolean draining;

    /** @param clock ms of a clock that only goes forward */
    public MediaStreams(
            MediaProperties properties,
            List<AgentConnector> connectors,
            MediaPipeline pipeline,
            Function<AgentCall, StreamJournal> journals,
            StreamHooks hooks,
            LongSupplier clock) {
        this.properties = properties;
        this.connectors = connectors.stream().collect(Collectors.toMap(AgentConnector::provider, c -> c));
        this.pipeline = pipeline;
        this.journals = journals;
        this.hooks = hooks;
        this.clock = clock;
    }

    /**
     * A call that was answered and whose socket is expected.
     *
     * @param token the unguessable last segment of the socket's path
     * @param connector who carries the audio
     */
    public record Expected(
            String token, AgentCall call, AgentConnector connector, AgentConnector.Preparation preparation, long at) {}

    /** Expects a socket for a call whose audio the agent's own provider carries. */
    public Optional<Expected> expect(AgentCall call) {
        return expect(call, call.agent().provider());
    }

    /**
     * Expects a socket for a call, and lets the agent's side prepare.
     *
     * @param audio the provider that carries the audio: the agent's own, or another one whose protocol its agents speak
     * @return empty when the gateway is full or shutting down: the caller should hear that it is busy
     * @throws IllegalArgumentException when this provider takes no live audio
     */
    public Optional<Expected> expect(AgentCall call, String audio) {
        AgentConnector connector = connectors.get(audio);
        if (connector == null) {
            throw new IllegalArgumentException("Provider " + audio + " takes no live audio");
        }
        synchronized (this) {
            forgetExpired();
            withdraw(call.callSid());
            if (draining || (!liveByCallSid.containsKey(call.callSid()) && load() >= properties.callLimit())) {
                return Optional.empty();
            }
            Expected expected = new Expected(token(), call, connector, connector.prepare(call), clock.getAsLong());
            byToken.put(expected.token(), expected);
            onTheirWay.put(expected.token(), expected);
            tokenByCallSid.put(call.callSid(), expected.token());
            return Optional.of(expected);
        }
    }

    /** Uses a token up. Empty when it is unknown, used, void or too old. */
    public synchronized Optional<Expected> claim(String token) {
        forgetExpired();
        Expected expected = byToken.remove(token);
        if (expected != null) {
            onTheirWay.remove(token);
            tokenByCallSid.remove(expected.call().callSid(), token);
        }
        return Optional.ofNullable(expected);
    }

    /** A media socket was opened: it counts until {@link #socketClosed}. */
    public synchronized void socketOpened() {
        sockets++;
    }

    public synchronized void socketClosed() {
        sockets--;
        notifyAll();
    }

    /**
     * Begins a stream on the current event loop. One per call: what the phone provider opened before for the same call is
     * dead, and is ended.
     */
    public MediaStream start(Context context, CallerLeg caller, Expected expected) {
        AgentCall call = expected.call();
        MediaStream stream = new MediaStream(
                context,
                caller,
                call,
                expected.connector(),
                pipeline,
                StreamLimits.of(properties, call.agent().limits()),
                journals.apply(call),
                hooks,
                taps,
                this::ended);
        MediaStream before;
        synchronized (this) {
            before = liveByCallSid.put(call.callSid(), stream);
        }
        if (before != null) {
            before.hangUp("Replaced by a new stream of the same call");
        }
        stream.start(expected.preparation());
        return stream;
    }

    /** The live stream of a call, by the CallSid or by our id. */
    public synchronized Optional<MediaStream> find(String callSidOrId) {
        MediaStream stream = liveByCallSid.get(callSidOrId);
        return stream != null
                ? Optional.of(stream)
                : liveByCallSid.values().stream()
                        .filter(live -> live.call().callId().equals(callSidOrId))
                        .findFirst();
    }

    /** Lets somebody listen in on these streams, those that run included, until {@link #untap}. */
    public void tap(MediaTap tap) {
        taps.add(tap);
    }

    public void untap(MediaTap tap) {
        taps.remove(tap);
    }

    /** Media calls now: open sockets, and calls answered a moment ago whose socket is on its way. */
    public synchronized int load() {
        forget(onTheirWay, COUNTED, late -> {});
        return sockets + onTheirWay.size();
    }

    /**
     * Takes no more calls, hangs up those that are live, and waits until their sockets are closed: the shutdown of the
     * gateway.
     *
     * @param patience how long to wait at most
     */
    public void drain(String reason, Duration patience) throws InterruptedException {
        List<MediaStream> live;
        synchronized (this) {
            draining = true;
            live = List.copyOf(liveByCallSid.values());
        }
        live.forEach(stream -> stream.hangUp(reason));
        long until = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            for (long left = patience.toMillis(); sockets > 0 && left > 0; ) {
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
        }
    }

    private synchronized void ended(MediaStream stream) {
        liveByCallSid.remove(stream.call().callSid(), stream);
    }

    private void withdraw(String callSid) {
        String token = tokenByCallSid.remove(callSid);
        if (token != null) {
            byToken.remove(token);
            onTheirWay.remove(token);
        }
    }

    private void forgetExpired() {
        forget(
                byToken,
                properties.tokenLifetime().toMillis() + 1,
                expired -> tokenByCallSid.remove(expired.call().callSid(), expired.token()));
    }

    /** @param age ms from which on they are forgotten */
    private void forget(Map<String, Expected> oldestFirst, long age, Consumer<Expected> forgotten) {
        long now = clock.getAsLong();
        Iterator<Expected> all = oldestFirst.values().iterator();
        while (all.hasNext()) {
            Expected oldest = all.next();
            if (now - oldest.at() < age) {
                return;
            }
            all.remove();
            forgotten.accept(oldest);
        }
    }

    private String token() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
