package dev.patchbay.sandbox.caller;

import dev.patchbay.media.audio.MuLaw;
import dev.patchbay.sandbox.speech.Heard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Twilio's buffer of sound on its way to the caller's ear: filled as fast as the gateway likes, played in real time.
 * Times are positions on the call's clock in samples at 8 kHz. It also keeps all that was played, for the recording.
 * Not thread-safe.
 */
final class PlaybackBuffer {
    private static final int SAMPLES_AT_START = 1 << 14;
    /** About -36 dB of full scale: what a person would call silence. */
    private static final int AUDIBLE = 500;

    private record Mark(String name, int due) {}

    private final Deque<Mark> marks = new ArrayDeque<>();
    private final Heard arrived = new Heard();
    private short[] timeline = new short[SAMPLES_AT_START];
    private int end;
    private int audibleUntil;

    /** Sound that arrived now: it plays when all before it has, or at once. */
    void append(byte[] muLaw, int now) {
        int from = Math.max(end, now);
        end = from + muLaw.length;
        if (end > timeline.length) {
            timeline = Arrays.copyOf(timeline, Math.max(end, timeline.length * 2));
        }
        MuLaw.decode(muLaw, 0, muLaw.length, timeline, from);
        arrived.add(timeline, from, muLaw.length, from);
        for (int i = end - 1; i >= from && audibleUntil <= from; i--) {
            if (Math.abs(timeline[i]) >= AUDIBLE) {
                audibleUntil = i + 1;
            }
        }
    }

    /** A mark that arrived now: due when all sound before it has been played. */
    void mark(String name, int now) {
        marks.addLast(new Mark(name, Math.max(end, now)));
    }

    /** Marks whose sound has been played by now, in order; each is answered once. */
    List<String> due(int now) {
        List<String> due = new ArrayList<>();
        while (!marks.isEmpty() && marks.getFirst().due() <= now) {
            due.add(marks.removeFirst().name());
        }
        return due;
    }

    /** Throws away what is not played yet; answers the marks that waited for it. */
    List<String> clear(int now) {
        if (end > now) {
            Arrays.fill(timeline, Math.max(0, now), end, (short) 0);
            end = now;
            audibleUntil = Math.min(audibleUntil, now);
        }
        List<String> dropped = marks.stream().map(Mark::name).toList();
        marks.clear();
        return dropped;
    }

    /** Until when there is, or was, something to hear. */
    int audibleUntil() {
        return audibleUntil;
    }

    /** All that arrived, whether it was played to its end or cleared. */
    Heard arrived() {
        return arrived;
    }

    /** What was heard from the start of the call until now. */
    short[] played(int now) {
        short[] played = Arrays.copyOf(timeline, now);
        Arrays.fill(played, Math.min(end, now), now, (short) 0);
        return played;
    }
}
