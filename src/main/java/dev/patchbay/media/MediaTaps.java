package dev.patchbay.media;

import dev.patchbay.media.MediaFrame.Leg;
import java.util.ArrayList;
import java.util.List;

/** Who listens in. While nobody does, a frame costs a look at an empty array. */
final class MediaTaps {

    private static final MediaTap[] NOBODY = {};

    /** Never changed, only replaced: event loops read it without a lock. */
    private volatile MediaTap[] taps = NOBODY;

    synchronized void add(MediaTap tap) {
        List<MediaTap> more = new ArrayList<>(List.of(taps));
        more.add(tap);
        taps = more.toArray(NOBODY);
    }

    synchronized void remove(MediaTap tap) {
        List<MediaTap> fewer = new ArrayList<>(List.of(taps));
        fewer.remove(tap);
        taps = fewer.toArray(NOBODY);
    }

    void heard(AgentCall call, Leg side, byte[] mulaw, int length, long at) {
        for (MediaTap tap : taps) {
            tap.heard(call, side, mulaw, length, at);
        }
    }

    void ended(AgentCall call) {
        for (MediaTap tap : taps) {
            tap.ended(call);
        }
    }
}
