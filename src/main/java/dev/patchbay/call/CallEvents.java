package dev.patchbay.call;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What happens to calls, told while it happens to whoever listens in this process: every {@link CallEvent} that the store
 * has kept, and {@value #COMPLETED} once per call. Nothing is told again after a restart; the store has it.
 */
public final class CallEvents {

    /**
     * The event that a call is over, whoever ended it. It is no entry of the store's, because the call's record says the
     * same. Data: {@code status}, {@code duration} (s), {@code ended_by}, {@code error}.
     */
    public static final String COMPLETED = "call-completed";

    private final List<Consumer<CallEvent>> listeners = new ArrayList<>();

    /** Tells everybody, on this thread. */
    public synchronized void tell(CallEvent event) {
        listeners.forEach(listener -> listener.accept(event));
    }

    /** @param listener is called one event after the other, and holds up whoever writes the event: it must not block */
    public synchronized void listen(Consumer<CallEvent> listener) {
        listeners.add(listener);
    }

    /** After this the listener is told nothing more, and what it was told has been told whole. */
    public synchronized void stopListening(Consumer<CallEvent> listener) {
        listeners.remove(listener);
    }
}
