package dev.patchbay.store;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.h2.mvstore.MVStore;

/** The embedded server with nothing on a disk, on a free port of loopback: the store takes no time that a disk would. */
public final class MongoInMemory implements AutoCloseable {

    private final MongoServer server;

    public MongoInMemory() {
        MVStore store = new MVStore.Builder().autoCommitDisabled().open();
        store.setVersionsToKeep(0);
        server = new MongoServer(new DurableBackend(store));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
