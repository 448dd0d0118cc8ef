package dev.patchbay.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.store.CallEnd;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.EmbeddedMongo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded store with the writes of an hour at 50 events per second, as fast as they go: 180,000 events of calls that
 * overlap (a hundred live ones, 30 events each) and what happens to the calls' records. It prints rates, the file's size
 * against its live data, and what reads cost afterwards. Not part of a build: {@code ./mvnw test -Dtest=StoreBench}, with
 * {@code -Dstore.events=20000} for a short one.
 */
class StoreBench {

    private static final int EVENTS = Integer.getInteger("store.events", 180_000);
    private static final int LIVE_CALLS = 100;
    private static final int EVENTS_PER_CALL = 30;
    private static final double MB = 1e6;

    @TempDir
    private Path dataDir;

    @Test
    void anHourOfEvents() throws Exception {
        String lastCall;
        try (EmbeddedMongo mongo = new EmbeddedMongo(dataDir);
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoDatabase database = client.getDatabase("patchbay");
            CallStore calls = new CallStore(database);
            CallEventStore events = new CallEventStore(database);
            lastCall = write(calls, events);
            long live = live(database);
            System.out.printf(
                    "live documents %.1f MB (BSON), file %.1f MB: ratio %.2f%n",
                    live / MB, fileSize() / MB, (double) fileSize() / live);
            read("calls, first page of 50", () -> calls.list(null, 50));
            read("call by id", () -> calls.find(lastCall));
            read("events of a call, 50", () -> events.list(lastCall, null, 50));
            manyThreads(events);
        }
        long start = System.nanoTime();
        try (EmbeddedMongo mongo = new EmbeddedMongo(dataDir)) {
            System.out.printf(
                    "reopened in %d ms, file %.1f MB%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), fileSize() / MB);
        }
    }

    private String write(CallStore calls, CallEventStore events) throws IOException {
        Deque<String> live = new ArrayDeque<>();
        long[] micros = new long[EVENTS];
        long start = System.nanoTime();
        int writes = 0;
        for (int i = 0; i < EVENTS; i++) {
            if (i % EVENTS_PER_CALL == 0) {
                live.addLast(calls.open(call()).id());
                calls.assign(live.getLast(), "elevenlabs", "general");
                calls.advance(live.getLast(), CallStatus.IN_PROGRESS, Instant.now());
                writes += 3;
                if (live.size() > LIVE_CALLS) {
                    String over = live.removeFirst();
                    calls.media(over, new MediaFigures(3_000, 2_900, 0, 3, 420L), "caller", null);
                    calls.complete(over, new CallEnd(CallStatus.COMPLETED, Instant.now(), null, "caller", null));
                    writes += 2;
                }
            }
            String call = live.removeFirst();
            live.addLast(call);
            long before = System.nanoTime();
            events.append(
                    call,
                    "status.in-progress",
                    Map.of(
                            "CallSid",
                            "CA" + call,
                            "CallStatus",
                            "in-progress",
                            "Timestamp",
                            Instant.now().toString(),
                            "SequenceNumber",
                            i));
            micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - before);
            writes++;
            if ((i + 1) % (EVENTS / 6) == 0) {
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "%7d events, %7d writes, %5.0f writes/s, file %.1f MB%n",
                        i + 1, writes, writes / seconds, fileSize() / MB);
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                "event insert, one thread, committed: p50 %d us, p99 %d us, max %d us%n",
                micros[EVENTS / 2], micros[EVENTS / 100 * 99], micros[EVENTS - 1]);
        return live.getLast();
    }

    private static void manyThreads(CallEventStore events) throws Exception {
        int threads = 8;
        int each = Math.max(100, EVENTS / 180);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<Void>> writers = new ArrayList<>();
        IntStream.range(0, threads)
                .forEach(t -> writers.add(() -> {
                    String call = Ids.next();
                    for (int i = 0; i < each; i++) {
                        events.append(call, "status.in-progress", Map.of("SequenceNumber", i));
                    }
                    return null;
                }));
        long start = System.nanoTime();
        for (var written : pool.invokeAll(writers)) {
            written.get();
        }
        pool.shutdown();
        System.out.printf(
                "event insert, %d threads: %.0f writes/s%n",
                threads, threads * each / ((System.nanoTime() - start) / 1e9));
    }

    private static void read(String what, Callable<?> read) throws Exception {
        long[] micros = new long[200];
        for (int i = 0; i < micros.length; i++) {
            long before = System.nanoTime();
            read.call();
            micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - before);
        }
        long first = micros[0];
        Arrays.sort(micros);
        System.out.printf("%s: first %d us, p50 %d us, p99 %d us%n", what, first, micros[100], micros[198]);
    }

    private static long live(MongoDatabase database) {
        long bytes = 0;
        for (String name : database.listCollectionNames()) {
            for (RawBsonDocument document :
                    database.getCollection(name, RawBsonDocument.class).find()) {
                bytes += document.getByteBuffer().remaining();
            }
        }
        return bytes;
    }

    private long fileSize() throws IOException {
        return Files.size(dataDir.resolve("patchbay.store"));
    }

    private static Call call() {
        return new Call(
                Ids.next(),
                "CA" + UUID.randomUUID().toString().replace("-", ""),
                null,
                null,
                Direction.INBOUND,
                "+14155550123",
                "+14155550124",
                null,
                CallStatus.RINGING,
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }
}
