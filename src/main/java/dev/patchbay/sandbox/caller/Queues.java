package dev.patchbay.sandbox.caller;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waits in which queue, and who takes the next one. Safe for the event loops of all calls. */
final class Queues {

    /** Somebody who waits, for somebody to take them or for somebody to take. */
    interface Party {

        /** The other side is there. */
        void connected(Greeting greeting);
    }

    /**
     * What a caller hears who is taken, before both sides are connected.
     *
     * @param document null: nothing
     * @param takenBy the CallSid of who takes the caller
     */
    record Greeting(@Nullable URI document, String takenBy) {}

    /** Where a waiting caller stands. */
    record Place(int position, int size) {}

    private record Taker(Party party, Greeting greeting) {}

    private static final class Line {
        private final String sid = Sids.next("QU");
        private final Deque<Party> callers = new ArrayDeque<>();
        private final Deque<Taker> takers = new ArrayDeque<>();
    }

    private final Map<String, Line> lines = new HashMap<>();

    /** A caller waits, unless somebody waits for callers already. @return the sid of the queue */
    synchronized String enter(String name, Party caller) {
        Line line = line(name);
        Taker taker = line.takers.poll();
        if (taker == null) {
            line.callers.add(caller);
        } else {
            connect(caller, taker);
        }
        return line.sid;
    }

    /** Somebody takes the caller who has waited for longest, or waits for one. */
    synchronized void take(String name, Party party, Greeting greeting) {
        Line line = line(name);
        Taker taker = new Taker(party, greeting);
        Party caller = line.callers.poll();
        if (caller == null) {
            line.takers.add(taker);
        } else {
            connect(caller, taker);
        }
    }

    /** Somebody waits no longer. @return false when they were connected just now */
    synchronized boolean leave(String name, Party party) {
        Line line = line(name);
        return line.callers.remove(party) || line.takers.removeIf(taker -> taker.party == party);
    }

    /** Where a caller stands, 1 for the next; null when they wait no longer. */
    synchronized @Nullable Place place(String name, Party caller) {
        Line line = line(name);
        int position = 1;
        for (Party waiting : line.callers) {
            if (waiting == caller) {
                return new Place(position, line.callers.size());
            }
            position++;
        }
        return null;
    }

    private Line line(String name) {
        return lines.computeIfAbsent(name, made -> new Line());
    }

    private static void connect(Party caller, Taker taker) {
        caller.connected(taker.greeting);
        taker.party.connected(taker.greeting);
    }
}
