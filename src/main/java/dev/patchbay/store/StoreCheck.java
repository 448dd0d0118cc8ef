package dev.patchbay.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Whether the store could be used, asked without opening it: for someone who sets the gateway up. */
public final class StoreCheck {

    private StoreCheck() {}

    /**
     * @return how the store was found
     * @throws IllegalStateException whose message says why it cannot be used, without credentials
     */
    public static String of(StoreProperties store) {
        return store.isEmbedded() ? embedded(Path.of(store.dataDir())) : server(store);
    }

    private static String server(StoreProperties store) {
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(store.uri()))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
                .build())) {
            client.getDatabase(store.database()).runCommand(new Document("ping", 1));
            return "the server of MONGODB_URI answers";
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalStateException("MONGODB_URI is no connection string", unreadable);
        } catch (MongoException e) {
            throw new IllegalStateException(
                    "the server of MONGODB_URI does not answer: " + e.getClass().getSimpleName(), e);
        }
    }

    private static String embedded(Path dir) {
        Path file = dir.resolve(StoreFile.NAME);
        if (!Files.exists(file)) {
            Path there = dir.toAbsolutePath();
            while (there != null && !Files.exists(there)) {
                there = there.getParent();
            }
            if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
                throw new IllegalStateException("PATCHBAY_DATA_DIR " + dir + " cannot be written");
            }
            return "embedded, new in " + dir;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null ? inUse(dir) : "embedded, in " + dir;
        } catch (OverlappingFileLockException ours) {
            return inUse(dir);
        } catch (IOException e) {
            throw new IllegalStateException("PATCHBAY_DATA_DIR " + dir + " cannot be written", e);
        }
    }

    private static String inUse(Path dir) {
        return "embedded, in " + dir + ", in use by a running gateway";
    }
}
