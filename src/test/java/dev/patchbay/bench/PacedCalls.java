package dev.patchbay.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One run of long calls: all are set up first, then each sends a frame every 20 ms, their offsets spread evenly over 20 ms. */
final class PacedCalls {

    private static final long FRAME_NANOS = 20_000_000;
    private static final int SET_UP_SECONDS = 60;

    private final LoadGenerator generator;
    private final LoadOrder order;
    private final Tally tally = new Tally();
    private final List<Caller> callers = new ArrayList<>();
    private final Queue<String> callSids = new ConcurrentLinkedQueue<>();
    private long begin;
    private long nextFrame;
    private boolean speaking = true;

    PacedCalls(LoadGenerator generator, LoadOrder order) {
        this.generator = generator;
        this.order = order;
    }

    LoadResult run() throws InterruptedException {
        long heapBefore = order.heap() ? ProcessUsage.liveHeapBytes(order.gatewayPid()) : -1;
        long setUpFrom = System.nanoTime();
        TwilioDoor door = order.viaWebhook() ? new TwilioDoor(URI.create(order.door()), order.authToken()) : null;
        try {
            setUp(door);
            double setUpSeconds = (System.nanoTime() - setUpFrom) / 1e9;
            begin = System.nanoTime() + FRAME_NANOS;
            generator.loop().execute(this::speak);
            TimeUnit.SECONDS.sleep(order.warmUpSeconds());

            long self = ProcessHandle.current().pid();
            ProcessUsage own = ProcessUsage.of(self);
            ProcessUsage from = usage();
            long windowFrom = System.nanoTime();
            generator.loop().execute(() -> tally.openWindow(windowFrom));
            TimeUnit.SECONDS.sleep(order.seconds());
            ProcessUsage to = usage();
            long windowTo = System.nanoTime();
            generator.loop().execute(() -> tally.closeWindow(windowTo));
            double windowMicros = (windowTo - windowFrom) / 1e3;
            double generatorCpu = (ProcessUsage.of(self).cpuMicros() - own.cpuMicros()) / windowMicros;

            long heapLive = order.heap() ? ProcessUsage.liveHeapBytes(order.gatewayPid()) : -1;
            drain();
            long cpu = to.cpuMicros() - from.cpuMicros();
            return new LoadResult(
                    "",
                    order.calls(),
                    tally.framesInWindow(),
                    cpu / Math.max(1.0, tally.framesInWindow()),
                    tally.turnaround().percentileMs(0.5),
                    tally.turnaround().percentileMs(0.99),
                    tally.turnaround().maxMs(),
                    total(Caller::sent),
                    total(Caller::sent) - total(Caller::received),
                    tally.misplaced() + tally.framesUnasked(),
                    tally.lostCalls(),
                    cpu / windowMicros,
                    generatorCpu,
                    tally.pacingLag().percentileMs(0.99),
                    setUpSeconds,
                    door == null ? 0 : door.answerMs(0.5),
                    door == null ? 0 : door.answerMs(0.99),
                    heapBefore < 0 || heapLive < 0 ? -1 : (heapLive - heapBefore) / order.calls(),
                    List.of(to.rssKb()));
        } finally {
            hangUp();
            if (door != null) {
                complete(door);
            }
        }
    }

    /** Eight calls at a time, so that a burst of set-ups is not what fails. */
    private void setUp(@Nullable TwilioDoor door) throws InterruptedException {
        int conversationsBefore = generator.conversations();
        ExecutorService openers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Caller>> opening = new ArrayList<>();
            for (int call = 0; call < order.calls(); call++) {
                int number = call;
                opening.add(openers.submit(() -> {
                    CallAddress address = door == null ? CallAddress.plain(URI.create(order.door())) : door.call();
                    callSids.add(address.callSid());
                    return generator.connect(number, address, tally).started().get(15, TimeUnit.SECONDS);
                }));
            }
            for (Future<Caller> one : opening) {
                callers.add(one.get(SET_UP_SECONDS, TimeUnit.SECONDS));
            }
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("set-up: " + failed, failed);
        } finally {
            openers.shutdownNow();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (generator.conversations() - conversationsBefore < order.calls()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + (generator.conversations() - conversationsBefore) + " of "
                        + order.calls() + " calls reached the agent");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void speak() {
        long now = System.nanoTime();
        for (long due = due(); speaking && due <= now; due = due()) {
            callers.get((int) (nextFrame % callers.size())).speak(now);
            tally.paced(now - due, now);
            nextFrame++;
            now = System.nanoTime();
        }
        if (speaking) {
            generator.loop().schedule(this::speak, Math.max(0, due() - now), TimeUnit.NANOSECONDS);
        }
    }

    private long due() {
        return begin + nextFrame * FRAME_NANOS / callers.size();
    }

    private ProcessUsage usage() {
        return order.gatewayPid() == 0 ? new ProcessUsage(0, 0) : ProcessUsage.of(order.gatewayPid());
    }

    /** Stops speaking and waits until every frame is back: 60 s at most, and no longer than 5 s without any. */
    private void drain() throws InterruptedException {
        onLoop(() -> speaking = false);
        long last = -1;
        for (int waited = 0, idle = 0; waited < 6000 && idle < 500; waited++, idle++) {
            long received = total(Caller::received);
            if (received >= total(Caller::sent)) {
                return;
            }
            if (received > last) {
                last = received;
                idle = 0;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private long total(ToLongFunction<Caller> figure) throws InterruptedException {
        long[] total = new long[1];
        onLoop(() -> total[0] = callers.stream().mapToLong(figure).sum());
        return total[0];
    }

    private void onLoop(Runnable task) throws InterruptedException {
        generator.loop().submit(task).sync();
    }

    /** Twilio says of every call that it is over. */
    private void complete(TwilioDoor door) throws InterruptedException {
        ExecutorService events = Executors.newFixedThreadPool(8);
        callSids.forEach(callSid -> events.execute(() -> door.completed(callSid)));
        events.shutdown();
        if (!events.awaitTermination(SET_UP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("status events: not all were taken");
        }
    }

    private void hangUp() throws InterruptedException {
        onLoop(() -> {
            speaking = false;
            callers.forEach(Caller::hangUp);
        });
        for (Caller caller : callers) {
            try {
                caller.closed().get(5, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException open) {
                return;
            }
        }
    }
}
