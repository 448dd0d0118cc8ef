package dev.patchbay.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The file of the embedded store and its size. A commit appends the changed pages as one chunk; a chunk's space is reused
 * once nothing in it is live any more, so without {@link #reclaim} a few live pages in each of many chunks would make the
 * file ten times as large as its data.
 */
final class StoreFile {

    static final String NAME = "patchbay.store";

    /** Percent of the chunks' bytes that should be live: with compression, a file about as large as its documents. */
    private static final int FILL_RATE = 30;

    /** Bytes below which the file is left alone. */
    private static final long SMALL = 1 << 20;

    /** Bytes moved at a time: commits wait for it, 5 to 40 ms. */
    private static final int STEP = 256 << 10;

    private static final int START_COMPACTION_MS = 500;

    private final MVStore store;
    private long settledVersion = -1;

    StoreFile(Path dataDir) {
        try {
            Files.createDirectories(dataDir);
        } catch (IOException e) {
            throw new UncheckedIOException("PATCHBAY_DATA_DIR " + dataDir + " cannot be created", e);
        }
        store = open(dataDir);
        // Old versions are for readers in the past, whom we do not have; each would keep its chunks alive.
        store.setRetentionTime(0);
        store.setVersionsToKeep(0);
        if (needsSpace()) {
            store.compactFile(START_COMPACTION_MS);
        }
    }

    MVStore store() {
        return store;
    }

    /** Whether a {@link #reclaim} is due. */
    boolean needsSpace() {
        return store.getFileStore().size() > SMALL
                && store.getFileStore().getChunksFillRate() < FILL_RATE
                && store.getCurrentVersion() != settledVersion;
    }

    /** Moves the live pages of the emptiest chunks together; writes to the file, so no command may be half done. */
    void reclaim() {
        int before = store.getFileStore().getChunksFillRate();
        store.compact(FILL_RATE, STEP);
        if (store.getFileStore().getChunksFillRate() <= before) {
            // Nothing to gain until somebody writes: an idle store must not rewrite itself for ever.
            settledVersion = store.getCurrentVersion();
        }
    }

    private static MVStore open(Path dataDir) {
        try {
            return new MVStore.Builder()
                    .fileName(dataDir.resolve(NAME).toString())
                    .autoCommitDisabled()
                    .compress()
                    .open();
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IllegalStateException(
                        "PATCHBAY_DATA_DIR " + dataDir.toAbsolutePath()
                                + " is in use by another process; give each its own directory, or share a MongoDB with MONGODB_URI",
                        e);
            }
            throw new IllegalStateException(
                    "The store in PATCHBAY_DATA_DIR " + dataDir.toAbsolutePath() + " cannot be opened", e);
        }
    }
}
