package dev.patchbay.media;

/**
 * Caller audio that waits for the agent: a ring of mu-law bytes, oldest dropped first when it is full. It grows when
 * needed and is let go when empty, so that a live call holds none.
 */
final class CallerBuffer {

    private static final int FRAME = 160;

    private final int capacity;
    private byte[] ring = new byte[0];
    private int head;
    private int size;

    /** @param capacity bytes kept at most */
    CallerBuffer(int capacity) {
        this.capacity = capacity;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /**
     * Keeps audio.
     *
     * @return how many bytes of the oldest audio were dropped for it
     */
    int offer(byte[] data, int length) {
        if (length == 0) {
            return 0;
        }
        int from = Math.max(0, length - capacity);
        int kept = length - from;
        int dropped = from + Math.max(0, size + kept - capacity);
        int dropFromRing = Math.min(size, dropped - from);
        head = ring.length == 0 ? 0 : (head + dropFromRing) % ring.length;
        size -= dropFromRing;
        ensure(size + kept);
        int tail = (head + size) % ring.length;
        int first = Math.min(kept, ring.length - tail);
        System.arraycopy(data, from, ring, tail, first);
        System.arraycopy(data, from + first, ring, 0, kept - first);
        size += kept;
        return dropped;
    }

    /**
     * Takes the oldest audio, at most {@code out.length} bytes.
     *
     * @return how many bytes were taken; 0 when empty
     */
    int poll(byte[] out) {
        int length = Math.min(out.length, size);
        int first = Math.min(length, ring.length - head);
        System.arraycopy(ring, head, out, 0, first);
        System.arraycopy(ring, 0, out, first, length - first);
        size -= length;
        head = size == 0 ? 0 : (head + length) % ring.length;
        if (size == 0) {
            ring = new byte[0];
        }
        return length;
    }

    private void ensure(int needed) {
        if (needed <= ring.length) {
            return;
        }
        byte[] larger = new byte[Math.min(capacity, Math.max(needed, Math.max(16 * FRAME, ring.length * 2)))];
        int first = Math.min(size, ring.length - head);
        System.arraycopy(ring, head, larger, 0, first);
        System.arraycopy(ring, 0, larger, first, size - first);
        ring = larger;
        head = 0;
    }
}
