package dev.patchbay.call;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;

/** Ids of our own records: ULIDs, whose text order is the order in which this process made them. */
public final class Ids {

    /** The characters of an id. */
    public static final int LENGTH = 26;

    private Ids() {}

    /** A new id, {@link #LENGTH} characters, greater than every id this process made before; safe for any thread. */
    public static String next() {
        return UlidCreator.getMonotonicUlid().toString();
    }

    /** The smallest id that a record made at this time can have: ids made before are smaller. */
    public static String smallestAt(Instant time) {
        return Ulid.min(time.toEpochMilli()).toString();
    }
}
