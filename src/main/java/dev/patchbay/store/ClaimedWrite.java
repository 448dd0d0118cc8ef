package dev.patchbay.store;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One write of a record with unique values: what it gets is claimed before, what it had is freed after. Closed without
 * {@link #done}, it gives back what it claimed.
 */
final class ClaimedWrite implements AutoCloseable {

    private final Object owner;
    private final List<Runnable> undo = new ArrayList<>();
    private final List<Runnable> after = new ArrayList<>();

    /** @param owner the record's {@code _id} */
    ClaimedWrite(Object owner) {
        this.owner = owner;
    }

    /**
     * The record's value goes from the one to the other; null is none.
     *
     * @param field of the record, for the message
     * @throws PatchbayException {@code CONFLICT} when another record has the value
     */
    ClaimedWrite change(String field, Claims claims, @Nullable String before, @Nullable String now) {
        if (Objects.equals(before, now)) {
            return this;
        }
        if (before != null) {
            // Read before the record changes: a claim that the owner makes after that is a new one, and stays.
            claims.held(before, owner).ifPresent(claim -> after.add(() -> claims.free(claim)));
        }
        if (now != null) {
            Claims.Claim claim = claims.take(now, owner).orElseThrow(() -> {
                close();
                return new PatchbayException(ErrorCategory.CONFLICT, null, field + " is another one's already");
            });
            undo.add(() -> claims.free(claim));
        }
        return this;
    }

    /** The record was written. */
    void done() {
        undo.clear();
        after.forEach(Runnable::run);
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
        undo.clear();
    }
}
