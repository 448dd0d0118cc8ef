package dev.patchbay.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.Ids;
import java.nio.file.Path;
import java.util.Map;

/** A process that stores events from several threads and prints each id after its acknowledgement, until it is killed. */
final class DurabilityWriter {

    private static final int THREADS = 3;

    private DurabilityWriter() {}

    public static void main(String[] args) throws InterruptedException {
        try (EmbeddedMongo mongo = new EmbeddedMongo(Path.of(args[0]));
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoDatabase database = client.getDatabase("patchbay");
            StoreSchema.create(database);
            CallEventStore events = new CallEventStore(database);
            Thread[] writers = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                writers[i] = new Thread(() -> write(events));
                writers[i].start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
        }
    }

    private static void write(CallEventStore events) {
        String call = Ids.next();
        while (true) {
            CallEvent event = events.append(call, "status.ringing", Map.of("CallStatus", "ringing"));
            System.out.print("id " + CallKeys.of(call, event.id()) + " ok\n");
            System.out.flush();
        }
    }
}
