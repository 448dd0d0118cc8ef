package dev.patchbay.media;

import java.util.Arrays;

/**
 * What the caller is being played: cuts the agent's audio into whole 20 ms frames, sets marks, and knows what has been
 * heard. mu-law, 8000 Hz: 8 bytes are 1 ms.
 */
final class Playback {

    private static final int FRAME = 160;
    private static final int BYTES_PER_MS = 8;
    /** At most one mark in this much audio, in ms; one more closes a turn. */
    private static final long MARK_EVERY = 500;
    /** mu-law silence. */
    private static final byte SILENCE = (byte) 0xFF;
    /** A turn is over when nothing came for this long and the caller has heard (nearly) everything, in ms. */
    private static final long PAUSE = 100;

    private final CallerLeg caller;
    private byte[] pending = new byte[FRAME * 8];
    private int pendingLength;
    private boolean speaking;
    private int epoch;
    private long sentMs;
    private long markedMs;
    private long heardMs;
    private long framesOut;
    private long endsAt;
    private long lastAudioAt;

    Playback(CallerLeg caller) {
        this.caller = caller;
    }

    /** Sends on what makes whole frames; the remainder waits. {@code now} in ms. */
    void append(byte[] mulaw, int length, long now) {
        if (length == 0) {
            return;
        }
        int total = pendingLength + length;
        if (total > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(total, pending.length * 2));
        }
        System.arraycopy(mulaw, 0, pending, pendingLength, length);
        speaking = true;
        lastAudioAt = now;
        int whole = total - total % FRAME;
        if (whole > 0) {
            send(whole, now);
        }
        pendingLength = total - whole;
        System.arraycopy(pending, whole, pending, 0, pendingLength);
        if (sentMs - markedMs >= MARK_EVERY) {
            mark();
        }
    }

    /** The agent's turn is over: pads the remainder with silence and marks the end. */
    void endTurn(long now) {
        if (!speaking) {
            return;
        }
        if (pendingLength > 0) {
            Arrays.fill(pending, pendingLength, FRAME, SILENCE);
            pendingLength = 0;
            send(FRAME, now);
        }
        if (sentMs > markedMs) {
            mark();
        }
        speaking = false;
    }

    /** Ends a turn that the agent did not end itself: the caller has heard nearly everything and nothing more came. */
    void endTurnWhenDry(long now) {
        if (speaking && now - lastAudioAt >= PAUSE && now >= endsAt - PAUSE) {
            endTurn(now);
        }
    }

    /** An interruption: the remainder and everything unheard is void. */
    void clear(long now) {
        caller.sendClear();
        epoch++;
        pendingLength = 0;
        speaking = false;
        // Marks are half a second apart; the clock tells better how far the caller got since the last one.
        heardMs = Math.max(heardMs, sentMs - Math.max(0, endsAt - now));
        endsAt = now;
        sentMs = heardMs;
        markedMs = heardMs;
    }

    /** A mark came back. Marks that a clear returned do not count as heard. */
    void heard(String mark) {
        int dash = mark.indexOf('-');
        try {
            if (dash > 0 && Integer.parseInt(mark, 0, dash, 10) == epoch) {
                heardMs = Math.max(heardMs, Math.min(sentMs, Long.parseLong(mark, dash + 1, mark.length(), 10)));
            }
        } catch (NumberFormatException e) {
            // Not a mark of ours: somebody else's names carry no position.
        }
    }

    /** Whether the caller is still to hear something that was sent. */
    boolean isPlaying(long now) {
        return now < endsAt && heardMs < sentMs;
    }

    /** When the caller will have heard everything sent, in ms of {@code now}. */
    long endsAt() {
        return endsAt;
    }

    long heardMs() {
        return heardMs;
    }

    /** 20 ms frames sent to the caller. */
    long framesOut() {
        return framesOut;
    }

    private void send(int length, long now) {
        caller.sendAudio(pending, length);
        framesOut += length / FRAME;
        long ms = length / BYTES_PER_MS;
        sentMs += ms;
        endsAt = Math.max(endsAt, now) + ms;
    }

    private void mark() {
        markedMs = sentMs;
        caller.sendMark(epoch + "-" + sentMs);
    }
}
