package dev.patchbay.bench;

/** What the frames of one run did, counted within the measured window. On the event loop only. */
final class Tally {

    private final Latencies turnaround = new Latencies();
    private final Latencies pacingLag = new Latencies();
    private long windowFrom = Long.MAX_VALUE;
    private long windowTo = Long.MAX_VALUE;
    private long framesInWindow;
    private long misplaced;
    private long unasked;
    private long lostCalls;

    void openWindow(long now) {
        windowFrom = now;
    }

    void closeWindow(long now) {
        windowTo = now;
    }

    /** A frame came back. Turnaround belongs to frames sent in the window, the count to frames received in it. */
    void frame(long sentAt, long now, boolean expected) {
        if (now >= windowFrom && now < windowTo) {
            framesInWindow++;
        }
        if (sentAt >= windowFrom && sentAt < windowTo) {
            turnaround.record(now - sentAt);
        }
        if (!expected) {
            misplaced++;
        }
    }

    /** How late the generator itself was. */
    void paced(long lag, long now) {
        if (now >= windowFrom && now < windowTo) {
            pacingLag.record(lag);
        }
    }

    void unasked() {
        unasked++;
    }

    void lostCall() {
        lostCalls++;
    }

    Latencies turnaround() {
        return turnaround;
    }

    Latencies pacingLag() {
        return pacingLag;
    }

    long framesInWindow() {
        return framesInWindow;
    }

    /** Frames whose level was not that of the frame they answer: out of order, damaged, or after a lost one. */
    long misplaced() {
        return misplaced;
    }

    long framesUnasked() {
        return unasked;
    }

    /** Calls whose socket was closed by the other side. */
    long lostCalls() {
        return lostCalls;
    }
}
