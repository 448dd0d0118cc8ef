package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link DurabilityWriter} was told is stored is there after it was killed, and the file is sound. */
class DurabilityIT {

    private static final int ACKNOWLEDGED_BEFORE_KILL = 1_000;

    @TempDir
    private Path dataDir;

    @Test
    void everyAcknowledgedWriteSurvivesKill() throws IOException, InterruptedException {
        Set<String> acknowledged = new HashSet<>();
        // The second process begins with the file that the first left behind.
        for (int process = 0; process < 2; process++) {
            acknowledged.addAll(writeUntilKilled());
            assertStored(acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(2 * ACKNOWLEDGED_BEFORE_KILL);
    }

    private List<String> writeUntilKilled() throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DurabilityWriter.class.getName(),
                        dataDir.toString())
                .redirectError(new File("/dev/null"))
                .start();
        List<String> ids = new ArrayList<>();
        try (BufferedReader output = writer.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                // A line that the kill cut short is no acknowledgement that anyone saw.
                if (line.startsWith("id ") && line.endsWith(" ok")) {
                    ids.add(line.substring(3, line.length() - 3));
                }
                if (ids.size() == ACKNOWLEDGED_BEFORE_KILL) {
                    // The handle's kill leaves the pipe open: what was printed before it counts too.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor()).as("exit code of a killed process").isNotZero();
        return ids;
    }

    private void assertStored(Set<String> acknowledged) {
        try (EmbeddedMongo mongo = new EmbeddedMongo(dataDir);
                MongoClient client = MongoClients.create(mongo.uri())) {
            MongoCollection<Document> events = client.getDatabase("patchbay").getCollection("call_events");
            Set<String> stored = new HashSet<>();
            events.find().map(document -> document.getString("_id")).into(stored);
            assertThat(stored).containsAll(acknowledged);
            // The index agrees with the documents, those that were being written included.
            assertThat(events.find(among(stored)).map(document -> document.getString("_id")))
                    .containsExactlyInAnyOrderElementsOf(stored);
            Set<String> unacknowledged = new HashSet<>(stored);
            unacknowledged.removeAll(acknowledged);
            assertThat(events.deleteMany(among(unacknowledged)).getDeletedCount())
                    .isEqualTo(unacknowledged.size());
        }
    }

    private static Document among(Set<String> ids) {
        return new Document("_id", new Document("$in", ids));
    }
}
