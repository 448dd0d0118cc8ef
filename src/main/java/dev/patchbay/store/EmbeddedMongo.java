package dev.patchbay.store;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A MongoDB of our own for one gateway: a server inside the process that speaks MongoDB's wire protocol on a free
 * loopback port and keeps everything in one file, {@code patchbay.store}. What was acknowledged survives the death of the
 * process ({@code kill -9}); a power failure may cost the last seconds, as commits are not forced to the disk.
 *
 * <p>It has no transactions, pipeline updates, {@code $jsonSchema} or TTL expiry, and of all indexes only unique ones and
 * the order of {@code _id} speed a query up. A filter finds its index by its exact fields: {@code {_id: x, status: y}}
 * as a plain document, not wrapped in {@code $and}.
 */
public final class EmbeddedMongo implements AutoCloseable {

    private static final Duration RECLAIM_EVERY = Duration.ofMillis(250);

    private final StoreFile file;
    private final DurableBackend backend;
    private final MongoServer server;
    private final InetSocketAddress address;
    private final StoreBackground background = new StoreBackground();

    /**
     * Opens the store, creating it where there is none, and listens.
     *
     * @throws IllegalStateException if another process has this directory's store open, or it cannot be read
     */
    public EmbeddedMongo(Path dataDir) {
        file = new StoreFile(dataDir);
        backend = new DurableBackend(file.store());
        server = new MongoServer(backend);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getLocalAddress();
        background.every(RECLAIM_EVERY, this::reclaim);
    }

    /** The connection string for a MongoDB driver. */
    public String uri() {
        return "mongodb://" + address.getHostString() + ":" + address.getPort();
    }

    /** Stops listening and closes the file; what was acknowledged is in it. */
    @Override
    public void close() {
        background.close();
        server.shutdownNow();
    }

    private void reclaim() {
        if (file.needsSpace()) {
            backend.exclusively(file::reclaim);
        }
    }
}
