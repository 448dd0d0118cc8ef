package dev.patchbay.store;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of hosted audio are. All methods block. */
interface AudioContent {

    /** Keeps the bytes of a new id. */
    void write(String id, byte[] audio) throws IOException;

    /**
     * A stream that begins with byte {@code from}.
     *
     * @throws IOException when there is nothing of this id
     */
    InputStream open(String id, long from) throws IOException;

    /** Removes what is there. Nothing there is fine. */
    void delete(String id) throws IOException;
}
