package dev.patchbay.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import dev.patchbay.media.AudioFirst;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;

/**
 * The storage behind {@link EmbeddedMongo}: every command that may write is committed to the file before its
 * acknowledgement leaves. Connections that write at the same time share a commit.
 */
final class DurableBackend extends H2Backend {

    private static final Set<String> READS = Set.of(
            "find",
            "getMore",
            "killCursors",
            "count",
            "distinct",
            "ping",
            "hello",
            "isMaster",
            "ismaster",
            "endSessions");

    /** Documents in one reply, where the client leaves it open: as many as MongoDB puts into its first. */
    private static final int BATCH = 101;

    /** The server makes its own threads; each says once that it can wait. */
    private static final ThreadLocal<Boolean> CAN_WAIT = ThreadLocal.withInitial(() -> {
        AudioFirst.canWait();
        return true;
    });

    // Shared by commands, exclusive for what goes to the file. A commit must not cut through a command, or a killed
    // process could leave a document without its index entry; nor may space be reused under a reader, as the file
    // keeps no old versions.
    private final ReadWriteLock file = new ReentrantReadWriteLock();

    DurableBackend(MVStore store) {
        super(store);
    }

    /** Handles every command of the wire protocol, whichever kind of message it came in. */
    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        CAN_WAIT.get();
        if (command.equals("find") || command.equals("getMore")) {
            // The superclass would send all there is in one reply, and clients refuse one above 48 MB.
            query.putIfAbsent("batchSize", BATCH);
        }
        try {
            file.readLock().lock();
            try {
                return super.handleCommand(channel, database, command, query);
            } finally {
                file.readLock().unlock();
            }
        } finally {
            // After an error too: an insert of many has kept those before the one that failed.
            if (mayWrite(command, query)) {
                exclusively(getMvStore()::commit);
            }
        }
    }

    /** Runs something that changes the file, while no command is half done. */
    void exclusively(Runnable change) {
        file.writeLock().lock();
        try {
            change.run();
        } finally {
            file.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        exclusively(super::close);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        // Anonymous, since its superclass asks for collections before a named class could have set its fields.
        return new H2Database(name, getMvStore(), getCursorRegistry()) {
            @Override
            protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
                String fullName = name + "." + collection;
                return new OrderedCollection(
                        this,
                        collection,
                        options,
                        getMvStore().openMap("databases." + fullName, BsonType.documents()),
                        getMvStore().openMap("meta." + fullName),
                        getCursorRegistry());
            }

            @Override
            protected Index<Object> openOrCreateUniqueIndex(
                    String collection, String index, List<IndexKey> keys, boolean sparse) {
                // The superclass opens this map without saying how its keys are written; an open one it takes as it is.
                getMvStore().openMap(name + "." + collection + "._index_" + index, BsonType.index());
                return super.openOrCreateUniqueIndex(collection, index, keys, sparse);
            }
        };
    }

    private static boolean mayWrite(String command, Document query) {
        if (command.equals("aggregate") && query.get("pipeline") instanceof List<?> stages) {
            return stages.stream()
                    .anyMatch(
                            stage -> stage instanceof Document d && (d.containsKey("$out") || d.containsKey("$merge")));
        }
        return !READS.contains(command);
    }
}
