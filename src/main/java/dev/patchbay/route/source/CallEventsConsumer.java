package dev.patchbay.route.source;

import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallEvents;
import dev.patchbay.call.CallJson;
import dev.patchbay.media.AudioFirst;
import dev.patchbay.route.Routes;
import dev.patchbay.store.CallStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events of calls into a route, one after the other, on a thread of its own that gives way to audio. Whoever writes
 * an event never waits: a full queue drops it, counted and logged.
 *
 * <p>An event belongs to the generation of the routes that is current when it is told. A generation that is being built
 * hears nothing; one that was replaced hears nothing more, and Camel lets it finish what waits before it stops. So an edit
 * brings no event twice and loses none, unless the old route needs longer for what waits than Camel gives it.
 */
final class CallEventsConsumer extends SourceConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(CallEventsConsumer.class);

    /** The beans of a consumer that runs. */
    private record Running(CallEvents events, CallStore calls, Routes routes, SourceLosses losses, Thread thread) {}

    private final CallEventsEndpoint endpoint;
    private final CamelContext context;
    private final BlockingQueue<CallEvent> queue;
    private final Consumer<CallEvent> listener = this::told;
    /** Events that wait or are in the route. */
    private final AtomicInteger pending = new AtomicInteger();

    private long lostInARow;
    private volatile @Nullable Running running;

    CallEventsConsumer(CallEventsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        context = endpoint.getCamelContext();
        queue = new LinkedBlockingQueue<>(endpoint.getQueueSize());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Thread thread = AudioFirst.threads(getRouteId() + "-").newThread(this::run);
        Running now = new Running(
                Beans.required(context, CallEvents.class),
                Beans.required(context, CallStore.class),
                Beans.required(context, Routes.class),
                Beans.required(context, SourceLosses.class),
                thread);
        running = now;
        thread.start();
        now.events().listen(listener);
    }

    /** Also of a consumer that never started. */
    @Override
    protected void doStop() throws Exception {
        Running before = running;
        if (before != null) {
            before.events().stopListening(listener);
            running = null;
            // It waits for an event, or it is in a route that was given all the time there was.
            before.thread().interrupt();
            int left = queue.size();
            if (left > 0) {
                LOG.warn("{} stopped before its route had seen {} events", endpoint, left);
            }
        }
        super.doStop();
    }

    /** On the thread of whoever wrote the event, one at a time. */
    private void told(CallEvent event) {
        Running now = running;
        if (now == null || !endpoint.wants(event.type()) || !now.routes().isCurrent(context)) {
            return;
        }
        pending.incrementAndGet();
        if (queue.offer(event)) {
            lostInARow = 0;
            return;
        }
        pending.decrementAndGet();
        now.losses().event();
        if (SourceLosses.isWorthALine(++lostInARow)) {
            LOG.warn(
                    "{} dropped an event, the {}. in a row: {} wait for its route already",
                    endpoint,
                    lostInARow,
                    endpoint.getQueueSize());
        }
    }

    private void run() {
        for (Running now = running; now != null; now = running) {
            CallStore calls = now.calls();
            try {
                CallEvent event = queue.take();
                try {
                    run("Event " + event.type() + " of call " + event.callId(), exchange -> {
                        exchange.getIn().setBody(CallJson.of(event));
                        exchange.setVariable("callId", event.callId());
                        calls.find(event.callId()).ifPresent(call -> exchange.setVariable("call", call));
                    });
                } finally {
                    pending.decrementAndGet();
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Override
    public int getPendingExchangesSize() {
        return pending.get();
    }
}
