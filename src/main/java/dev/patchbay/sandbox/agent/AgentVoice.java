package dev.patchbay.sandbox.agent;

import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Speaks as the real service does: much faster than real time, in pieces of uneven length, while it only estimates
 * how far the listener has got.
 */
final class AgentVoice {
    /** Samples per second of the speech it is given. */
    static final int SAMPLE_RATE = AudioFormat.PCM_16000.sampleRate();
    /** Not multiples of 20 ms, so that the gateway meets remainders. */
    private static final int[] PIECE_MILLIS = {100, 250, 130, 210, 170};

    private final AgentSocket socket;
    private String text = "";
    private long startedNanos;
    private long untilNanos = System.nanoTime();

    AgentVoice(AgentSocket socket) {
        this.socket = socket;
    }

    /** Sends text and sound (16 kHz) in a burst. */
    void say(String response, short[] speech) {
        text = response;
        socket.agentResponse(response);
        byte[] audio = encoded(speech);
        AudioFormat output = socket.agent().output();
        int at = 0;
        for (int piece = 0; at < audio.length; piece++) {
            int millis = PIECE_MILLIS[piece % PIECE_MILLIS.length];
            int to = Math.min(audio.length, at + output.sampleRate() * millis / 1000 * output.bytesPerSample());
            socket.audio(Arrays.copyOfRange(audio, at, to));
            at = to;
        }
        startedNanos = Math.max(System.nanoTime(), untilNanos);
        untilNanos = startedNanos + speech.length * 1_000_000_000L / SAMPLE_RATE;
    }

    /** Whether, by its own estimate, the listener is still hearing it. */
    boolean speaking() {
        return System.nanoTime() < untilNanos;
    }

    /**
     * Stops: tells the client to throw away what it has, what of the text was heard, and, like the real service,
     * still lets two late pieces out, which the client must drop.
     */
    void interrupt() {
        int eventId = socket.lastEventId();
        socket.interruption(eventId);
        double heard = Math.max(0, (double) (System.nanoTime() - startedNanos) / (untilNanos - startedNanos));
        socket.agentResponseCorrection(text, text.substring(0, (int) (heard * text.length())) + "...");
        byte[] late = encoded(noise());
        socket.audio(late, eventId - 1);
        socket.audio(late, eventId);
        untilNanos = System.nanoTime();
    }

    private byte[] encoded(short[] speech) {
        ByteBuffer pcm = ByteBuffer.allocate(speech.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        pcm.asShortBuffer().put(speech);
        MediaCodec codec = new MediaCodec(AudioFormat.PCM_16000, socket.agent().output());
        byte[] out = new byte[codec.maxOutput(pcm.capacity())];
        return Arrays.copyOf(out, codec.convert(pcm.array(), 0, pcm.capacity(), out, 0));
    }

    /** 100 ms of a loud square wave: nobody who hears it takes it for speech. */
    private static short[] noise() {
        short[] samples = new short[SAMPLE_RATE / 10];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (i / 8 % 2 == 0 ? 12_000 : -12_000);
        }
        return samples;
    }
}
