package dev.patchbay.sandbox.caller;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is in which conference. Safe for the event loops of all calls. */
final class Conferences {

    /** Somebody in a conference. */
    interface Member {

        /** Somebody else has come. */
        void joined();

        /** The conference is over. */
        void over();
    }

    /**
     * A conference as a member sees it on coming or going.
     *
     * @param sid of the conference
     * @param others how many are in it besides
     */
    record View(String sid, int others) {}

    private static final class Room {
        private final String sid = Sids.next("CF");
        private final List<Member> members = new ArrayList<>();
    }

    private final Map<String, Room> rooms = new HashMap<>();

    synchronized View enter(String name, Member member) {
        Room room = rooms.computeIfAbsent(name, made -> new Room());
        View view = new View(room.sid, room.members.size());
        room.members.forEach(Member::joined);
        room.members.add(member);
        return view;
    }

    /** @param ends whether the conference ends with this member */
    synchronized View leave(String name, Member member, boolean ends) {
        Room room = rooms.get(name);
        if (room == null || !room.members.remove(member)) {
            return new View("", 0);
        }
        int others = room.members.size();
        if (ends) {
            room.members.forEach(Member::over);
        }
        if (others == 0) {
            rooms.remove(name);
        }
        return new View(room.sid, others);
    }
}
