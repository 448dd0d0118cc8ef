package dev.patchbay.bench;

import dev.patchbay.store.MongoInMemory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Signed webhooks at a steady rate, on two cores: voice webhooks that are answered with a stream, then status events of
 * those calls, with the embedded store and with a MongoDB that keeps nothing on a disk. A request's time counts from when
 * it was due, so that a gateway which is behind does not look fast.
 */
final class WebhookLoad {

    private static final int CALLS_PER_SECOND = 100;
    private static final int EVENTS_PER_SECOND = 300;
    private static final int EVENTS_PER_SECOND_IN_MEMORY = 2_000;
    private static final double LIMIT_MS = 50;
    private static final List<String> STATUSES = List.of("ringing", "in-progress", "completed");

    private static final int CONNECTIONS = 100;

    private final BenchSettings settings;
    private final Contenders contenders;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));

    WebhookLoad(BenchSettings settings, Contenders contenders) {
        this.settings = settings;
        this.contenders = contenders;
    }

    /** One webhook: where it goes and what it says. */
    private record Webhook(URI url, Map<String, String> form) {}

    Table measure() {
        Table table = new Table(
                "Signed webhooks, two cores", "what", "per second", "answered", "failed", "p50 ms", "p99 ms", "max ms");
        try (Contender contender = contenders.start(Contenders.PATCHBAY, Cores.ANY)) {
            Calls calls = new Calls(contender.webhooks());
            run(calls.door, calls::incoming, CALLS_PER_SECOND, settings.warmUpSeconds());
            Outcome voice = run(calls.door, calls::incoming, CALLS_PER_SECOND, settings.seconds());
            run(calls.door, calls::event, EVENTS_PER_SECOND, settings.warmUpSeconds());
            Outcome status = run(calls.door, calls::event, EVENTS_PER_SECOND, settings.seconds());
            voice.addTo(table, "voice webhook to TwiML", CALLS_PER_SECOND);
            status.addTo(table, "status event, embedded store", EVENTS_PER_SECOND);
            table.remark(Verdict.atMost("voice webhook, p99 ms", voice.latencies.percentileMs(0.99), LIMIT_MS))
                    .remark(Verdict.atMost("status event, p99 ms", status.latencies.percentileMs(0.99), LIMIT_MS));
        } catch (Skipped skipped) {
            table.remark("skipped: " + skipped.getMessage());
        }
        inMemory(table);
        vertx.close();
        return table;
    }

    private void inMemory(Table table) {
        try (MongoInMemory mongo = new MongoInMemory();
                Contender contender = contenders.patchbayOn(mongo.uri(), Cores.ANY)) {
            Calls calls = new Calls(contender.webhooks());
            // In steps: what is cold cannot keep up with the whole, and would be measured with what it left undone.
            run(calls.door, calls::event, EVENTS_PER_SECOND, settings.warmUpSeconds());
            run(calls.door, calls::event, EVENTS_PER_SECOND_IN_MEMORY / 2, settings.warmUpSeconds());
            run(calls.door, calls::event, EVENTS_PER_SECOND_IN_MEMORY, settings.seconds())
                    .addTo(table, "status event, MongoDB in memory", EVENTS_PER_SECOND_IN_MEMORY);
        } catch (Skipped skipped) {
            table.remark("skipped: " + skipped.getMessage());
        }
    }

    /**
     * Calls that come in, and events of calls that were answered elsewhere: the first event of a call opens its record. All
     * events are new, and those of one call are a batch apart, as on the phone one comes after the other.
     */
    private static final class Calls {

        private static final int BATCH = 500;

        private final TwilioDoor door;
        private final List<String> ringing = new ArrayList<>();
        private int events;

        Calls(TwilioDoor door) {
            this.door = door;
        }

        Webhook incoming(int number) {
            return new Webhook(door.webhook(), TwilioDoor.incoming(CallAddress.newCallSid()));
        }

        Webhook event(int number) {
            int event = events++;
            int call = event % BATCH;
            int status = event / BATCH % STATUSES.size();
            if (status == 0) {
                if (call == 0) {
                    ringing.clear();
                }
                ringing.add(CallAddress.newCallSid());
            }
            return new Webhook(
                    door.eventDoor(), TwilioDoor.status(ringing.get(call), STATUSES.get(status), status + 1));
        }
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
            answers[number] = door.send(client, webhook.url(), webhook.form())
                    .onSuccess(answered -> outcome.answered(answered, System.nanoTime() - due))
                    .toCompletionStage()
                    .toCompletableFuture();
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
                    .remark(Verdict.atMost(what + ", failed", failed.get(), 0));
        }
    }
}
