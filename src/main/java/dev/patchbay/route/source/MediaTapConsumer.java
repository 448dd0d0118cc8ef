package dev.patchbay.route.source;

import dev.patchbay.media.AgentCall;
import dev.patchbay.media.AudioFirst;
import dev.patchbay.media.MediaFrame.Leg;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.media.MediaTap;
import dev.patchbay.route.Routes;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the audio of live calls into a route. An event loop copies a frame and goes on: it takes no lock, wakes no
 * thread, and drops the frame, counted and logged, when {@value #LIMIT} bytes wait already. A thread that gives way to
 * audio looks every 20 ms, decodes and runs the route.
 *
 * <p>As for events, audio belongs to the generation of the routes that is current when it comes. After an edit the old
 * route gets what it has of a chunk, and the new one goes on with the next frame.
 */
final class MediaTapConsumer extends SourceConsumer implements MediaTap {

    private static final Logger LOG = LoggerFactory.getLogger(MediaTapConsumer.class);

    /** Eight minutes of both sides of one call, a second of 500 calls. */
    private static final int LIMIT = 8 << 20;
    /** What a piece takes beside its audio, in bytes, about. */
    private static final int OVERHEAD = 64;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final byte[] NOTHING = new byte[0];

    /** A copied frame; without a leg it says that the call is over. */
    private record Piece(AgentCall call, @Nullable Leg leg, byte[] mulaw, long at) {}

    /** The beans of a consumer that runs. */
    private record Running(MediaStreams streams, Routes routes, SourceLosses losses, Thread thread) {}

    private final MediaTapEndpoint endpoint;
    private final CamelContext context;
    private final Queue<Piece> queue = new ConcurrentLinkedQueue<>();
    /** Bytes that wait or are in the route. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final AtomicLong lostInARow = new AtomicLong();
    /** By our id of the call. Of the thread only. */
    private final Map<String, Map<Leg, TappedSide>> sides = new LinkedHashMap<>();

    private volatile boolean holdsAudio;
    private volatile @Nullable Running running;

    MediaTapConsumer(MediaTapEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        context = endpoint.getCamelContext();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Thread thread = AudioFirst.threads(getRouteId() + "-").newThread(this::run);
        Running now = new Running(
                Beans.required(context, MediaStreams.class),
                Beans.required(context, Routes.class),
                Beans.required(context, SourceLosses.class),
                thread);
        running = now;
        thread.start();
        now.streams().tap(this);
    }

    /** Also of a consumer that never started. */
    @Override
    protected void doStop() throws Exception {
        Running before = running;
        running = null;
        if (before != null) {
            before.streams().untap(this);
            before.thread().interrupt();
            if (getPendingExchangesSize() > 0) {
                LOG.warn("{} stopped before its route had all the audio", endpoint);
            }
        }
        super.doStop();
    }

    @Override
    public void heard(AgentCall call, Leg side, byte[] mulaw, int length, long at) {
        Running now = running;
        if (now == null
                || !endpoint.wants(side)
                || !endpoint.wants(call)
                || !now.routes().isCurrent(context)) {
            return;
        }
        // Two event loops may both find room for the last frame: then there is a frame more.
        if (waiting.get() + length + OVERHEAD <= LIMIT) {
            if (lostInARow.getPlain() > 0) {
                lostInARow.set(0);
            }
            add(new Piece(call, side, Arrays.copyOf(mulaw, length), at));
            return;
        }
        now.losses().audio();
        long lost = lostInARow.incrementAndGet();
        if (SourceLosses.isWorthALine(lost)) {
            LOG.warn("{} dropped audio, {} pieces in a row: its route is too slow", endpoint, lost);
        }
    }

    @Override
    public void ended(AgentCall call) {
        Running now = running;
        if (now != null && endpoint.wants(call) && now.routes().isCurrent(context)) {
            add(new Piece(call, null, NOTHING, 0));
        }
    }

    private void add(Piece piece) {
        waiting.addAndGet(piece.mulaw().length + OVERHEAD);
        queue.add(piece);
    }

    private void run() {
        for (Running now = running; now != null; now = running) {
            Piece piece = queue.poll();
            if (piece != null) {
                try {
                    take(piece);
                } finally {
                    waiting.addAndGet(-piece.mulaw().length - OVERHEAD);
                }
                continue;
            }
            if (holdsAudio && !now.routes().isCurrent(context)) {
                sides.values().forEach(call -> call.values().forEach(side -> side.rest(false, this::chunk)));
                sides.clear();
                holdsAudio = false;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void take(Piece piece) {
        String callId = piece.call().callId();
        Leg leg = piece.leg();
        if (leg != null) {
            sides.computeIfAbsent(callId, id -> new EnumMap<>(Leg.class))
                    .computeIfAbsent(
                            leg, side -> new TappedSide(piece.call(), side, endpoint.format(), endpoint.getChunk()))
                    .take(piece.mulaw(), piece.at(), this::chunk);
        } else {
            Map<Leg, TappedSide> over = sides.remove(callId);
            if (over != null) {
                over.values().forEach(side -> side.rest(true, this::chunk));
            }
        }
        holdsAudio = !sides.isEmpty();
    }

    private void chunk(TappedSide side, byte[] pcm, long at, boolean last) {
        run("Audio of call " + side.call().callId(), exchange -> {
            exchange.getIn().setBody(pcm);
            exchange.setVariable("callId", side.call().callId());
            exchange.setVariable("callSid", side.call().callSid());
            exchange.setVariable("agent", side.call().agent());
            exchange.setVariable("side", MediaTapEndpoint.nameOf(side.leg()));
            exchange.setVariable("rate", endpoint.getRate());
            exchange.setVariable("at", at);
            exchange.setVariable("last", last);
        });
    }

    @Override
    public int getPendingExchangesSize() {
        return waiting.get() > 0 || holdsAudio ? 1 : 0;
    }
}
