package dev.patchbay.bench;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Signed webhooks at a steady rate, on two cores with the embedded store: voice webhooks that are answered with a stream,
 * then status events of those calls. A request's time counts from when it was due, so that a gateway which is behind
 * does not look fast.
 */
final class WebhookLoad {

    private static final int CALLS_PER_SECOND = 100;
    private static final int EVENTS_PER_SECOND = 300;
    private static final double LIMIT_MS = 50;
    private static final List<String> STATUSES = List.of("ringing", "in-progress", "completed");

    private final BenchSettings settings;
    private final Contenders contenders;

    WebhookLoad(BenchSettings settings, Contenders contenders) {
        this.settings = settings;
        this.contenders = contenders;
    }

    /** One webhook: where it goes and what it says. */
    private record Webhook(URI url, Map<String, String> form) {}

    Table measure() {
        Table table = new Table(
                "Signed webhooks, two cores, embedded store",
                "what",
                "per second",
                "answered",
                "failed",
                "p50 ms",
                "p99 ms",
                "max ms");
        try (Contender contender = contenders.start(Contenders.PATCHBAY, Cores.ANY)) {
            TwilioDoor door = contender.webhooks();
            List<String> callSids = new CopyOnWriteArrayList<>();
            IntFunction<Webhook> calls = number -> {
                String callSid = CallAddress.newCallSid();
                callSids.add(callSid);
                return new Webhook(door.webhook(), TwilioDoor.incoming(callSid));
            };
            IntFunction<Webhook> events = number -> new Webhook(
                    door.eventDoor(),
                    TwilioDoor.status(
                            callSids.get(number / STATUSES.size() % callSids.size()),
                            STATUSES.get(number % STATUSES.size()),
                            number % STATUSES.size() + 1));
            run(door, calls, CALLS_PER_SECOND, settings.warmUpSeconds());
            Outcome voice = run(door, calls, CALLS_PER_SECOND, settings.seconds());
            Outcome status = run(door, events, EVENTS_PER_SECOND, settings.seconds());
            voice.addTo(table, "voice webhook to TwiML", CALLS_PER_SECOND);
            status.addTo(table, "status event, stored", EVENTS_PER_SECOND);
        } catch (Skipped skipped) {
            table.remark("skipped: " + skipped.getMessage());
        }
        return table;
    }

    private Outcome run(TwilioDoor door, IntFunction<Webhook> webhooks, int perSecond, int seconds) {
        Outcome outcome = new Outcome(new Latencies(), new AtomicInteger(), new AtomicInteger());
        int total = perSecond * seconds;
        CompletableFuture<?>[] answers = new CompletableFuture<?>[total];
        long begin = System.nanoTime();
        for (int number = 0; number < total; number++) {
            long due = begin + number * 1_000_000_000L / perSecond;
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            Webhook webhook = webhooks.apply(number);
            answers[number] = door.send(webhook.url(), webhook.form())
                    .thenAccept(answered -> outcome.answered(answered, System.nanoTime() - due));
        }
        CompletableFuture.allOf(answers).orTimeout(60, TimeUnit.SECONDS).join();
        return outcome;
    }

    private record Outcome(Latencies latencies, AtomicInteger failed, AtomicInteger answered) {

        void answered(boolean well, long nanos) {
            synchronized (latencies) {
                latencies.record(nanos);
            }
            (well ? answered : failed).incrementAndGet();
        }

        void addTo(Table table, String what, int perSecond) {
            table.row(
                            what,
                            perSecond,
                            answered.get(),
                            failed.get(),
                            latencies.percentileMs(0.5),
                            latencies.percentileMs(0.99),
                            latencies.maxMs())
                    .remark(Verdict.atMost(what + ", p99 ms", latencies.percentileMs(0.99), LIMIT_MS));
        }
    }
}
