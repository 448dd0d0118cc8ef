package dev.patchbay.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One run of many calls that last a moment: begin, five frames, their echo, hang up. What remains afterwards in memory is a leak. */
final class ShortCalls {

    private static final int FRAMES = 5;
    private static final int SAMPLES = 10;

    private final LoadGenerator generator;
    private final LoadOrder order;
    private final Tally tally = new Tally();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    ShortCalls(LoadGenerator generator, LoadOrder order) {
        this.generator = generator;
        this.order = order;
    }

    LoadResult run() throws InterruptedException {
        TwilioDoor door = new TwilioDoor(URI.create(order.door()), order.authToken());
        List<Long> rssKb = new ArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(order.calls());
        long from = System.nanoTime();
        try {
            for (int sample = 0; sample < SAMPLES; sample++) {
                List<Future<?>> calls = new ArrayList<>();
                for (int call = 0; call < order.shortCalls() / SAMPLES; call++) {
                    int number = call;
                    calls.add(callers.submit(() -> {
                        if (order.viaWebhook()) {
                            CallAddress address = door.call();
                            call(number, address);
                            door.completed(address.callSid());
                        } else {
                            call(number, CallAddress.plain(URI.create(order.door())));
                        }
                        return null;
                    }));
                }
                for (Future<?> call : calls) {
                    call.get(5, TimeUnit.MINUTES);
                }
                rssKb.add(
                        order.gatewayPid() == 0
                                ? 0
                                : ProcessUsage.of(order.gatewayPid()).rssKb());
            }
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("short call: " + failed, failed);
        } finally {
            callers.shutdownNow();
        }
        return new LoadResult(
                "",
                order.shortCalls(),
                received.get(),
                0,
                0,
                0,
                0,
                sent.get(),
                sent.get() - received.get(),
                tally.misplaced() + tally.framesUnasked(),
                tally.lostCalls(),
                0,
                0,
                0,
                (System.nanoTime() - from) / 1e9,
                door.answerMs(0.5),
                door.answerMs(0.99),
                -1,
                rssKb);
    }

    private void call(int number, CallAddress address) throws Exception {
        Caller caller = generator.connect(number, address, tally).started().get(15, TimeUnit.SECONDS);
        for (int frame = 0; frame < FRAMES; frame++) {
            generator.loop().submit(() -> caller.speak(System.nanoTime())).get();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        for (int waited = 0; waited < 200 && heard(caller) < FRAMES; waited++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        sent.addAndGet(FRAMES);
        received.addAndGet(heard(caller));
        generator.loop().submit(caller::hangUp).get();
        caller.closed().get(10, TimeUnit.SECONDS);
    }

    private long heard(Caller caller) throws Exception {
        return generator.loop().submit(caller::received).get();
    }
}
