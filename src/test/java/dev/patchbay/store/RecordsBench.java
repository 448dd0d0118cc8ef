package dev.patchbay.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Ids;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a file of 20,000 customers and the figures of 100,000 calls cost on the embedded store, in the one JVM that both
 * share. A small heap shows that neither holds more than a part: {@code ./mvnw test -Dtest=RecordsBench
 * -Dtest.jvm.args=-Xmx128m}. Not part of a build.
 */
class RecordsBench {

    private static final int CUSTOMERS = Integer.getInteger("records.customers", 20_000);
    private static final int CALLS = Integer.getInteger("records.calls", 100_000);

    @TempDir
    private Path dataDir;

    @Test
    void customersAndCalls() throws Exception {
        try (EmbeddedMongo mongo = new EmbeddedMongo(dataDir);
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoDatabase database = client.getDatabase("patchbay");
            StoreSchema.create(database);
            CustomerImport imports = new CustomerImport(new CustomerStore(database));
            measured(CUSTOMERS + " new customers", () -> imports.read(new Lines(), new ImportReport()));
            measured(CUSTOMERS + " known customers", () -> imports.read(new Lines(), new ImportReport()));
            store(database);
            CallAnalytics analytics = new CallAnalytics(database);
            for (String groupBy : new String[] {"day", "agent", "hour"}) {
                measured(
                        CALLS + " calls by " + groupBy,
                        () -> analytics.calls(null, null, groupBy).get("total"));
            }
        }
    }

    private static void measured(String what, Callable<Object> work) throws Exception {
        long start = System.nanoTime();
        Object result = work.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %.1f s; %s%n", what, seconds, result);
    }

    private static void store(MongoDatabase database) {
        Instant now = Instant.now();
        List<Document> batch = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Instant at = now.minus(Duration.ofSeconds((long) (29L * 86_400 * (1 - i / (double) CALLS))));
            batch.add(new Document(
                            "_id",
                            Ids.smallestAt(at).substring(0, 10) + Ids.next().substring(10))
                    .append("call_sid", "CA%032d".formatted(i))
                    .append("provider", i % 3 == 0 ? "retell" : "elevenlabs")
                    .append("direction", "inbound")
                    .append("from", "+1415%07d".formatted(i))
                    .append("to", "+15550000001")
                    .append("agent_id", "agent-" + i % 20)
                    .append("status", i % 10 == 0 ? "no-answer" : "completed")
                    .append("started_at", Date.from(at))
                    .append("answered_at", i % 10 == 0 ? null : Date.from(at))
                    .append("ended_at", Date.from(at.plusSeconds(i % 600)))
                    .append("duration", i % 600)
                    .append(
                            "media",
                            new Document("frames_in", 1L)
                                    .append("frames_out", 1L)
                                    .append("dropped", 0L)
                                    .append("late", 0L)
                                    .append("first_audio_ms", 700L)));
            if (batch.size() == 1_000) {
                database.getCollection(StoreSchema.CALLS).insertMany(batch);
                batch.clear();
            }
        }
    }

    /** The file, written while it is read. */
    private static final class Lines extends InputStream {

        private byte[] line = "phone,name,customer_id,due_date,total_enr_amount,emi_eligible,language,note\r\n"
                .getBytes(StandardCharsets.UTF_8);
        private int read;
        private int lines;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (read == line.length) {
                if (lines == CUSTOMERS) {
                    return -1;
                }
                line = "+1 (415) %07d,Customer %d,C-%d,2026-12-01,%d.50,%s,en,\"a \"\"note\"\", with commas\"\r\n"
                        .formatted(lines, lines, lines, lines, lines % 2 == 0 ? "yes" : "no")
                        .getBytes(StandardCharsets.UTF_8);
                read = 0;
                lines++;
            }
            int some = Math.min(length, line.length - read);
            System.arraycopy(line, read, bytes, offset, some);
            read += some;
            return some;
        }
    }
}
