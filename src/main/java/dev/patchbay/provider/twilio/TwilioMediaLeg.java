package dev.patchbay.provider.twilio;

import dev.patchbay.media.CallerLeg;
import dev.patchbay.media.MediaStream;
import dev.patchbay.media.MessageAssembler;
import dev.patchbay.media.TextFrames;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A caller's socket: Twilio's messages in, ours out. It waits for {@code start}, then belongs to one media stream.
 */
final class TwilioMediaLeg implements CallerLeg, TwilioMediaMessages.Reader {

    /** Longest message taken from Twilio, in bytes. */
    static final int MAX_MESSAGE = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(TwilioMediaLeg.class);
    private static final short NORMAL = 1000;
    private static final short POLICY = 1008;
    private static final short TOO_LARGE = 1009;

    /** Gives the stream for a call that has started; null when the call is not the one that was answered. */
    interface Starting extends BiFunction<String, TwilioMediaLeg, @Nullable MediaStream> {}

    private final ServerWebSocket socket;
    private final Starting starting;
    private final TwilioMediaMessages messages = new TwilioMediaMessages();
    private @Nullable MediaStream stream;
    private boolean closed;
    private long unknown;
    private long malformed;

    TwilioMediaLeg(ServerWebSocket socket, Starting starting) {
        this.socket = socket;
        this.starting = starting;
        MessageAssembler assembler = new MessageAssembler(
                MAX_MESSAGE,
                (json, from, to) -> messages.read(json, from, to, this),
                () -> close(TOO_LARGE, "message too large"),
                this::malformed);
        socket.frameHandler(assembler::frame);
        socket.exceptionHandler(e -> lost(String.valueOf(e.getMessage())));
        socket.drainHandler(v -> {
            if (stream != null) {
                stream.callerDrained();
            }
        });
    }

    /** No {@code start} came in time. */
    void startTimedOut() {
        if (stream == null) {
            close(POLICY, "no start");
        }
    }

    /** The socket is closed, by whomever. */
    void lost(String reason) {
        closed = true;
        if (stream != null) {
            stream.callerLost(reason);
        }
    }

    /** The socket is closed: tells how many of its messages were ignored, if any. */
    void reportIgnored() {
        if (unknown + malformed > 0) {
            LOG.warn("Media socket: ignored {} unknown and {} malformed messages", unknown, malformed);
        }
    }

    @Override
    public void started(String streamSid, String callSid, Map<String, String> parameters) {
        if (stream != null) {
            malformed();
            return;
        }
        stream = starting.apply(callSid, this);
        if (stream == null) {
            close(POLICY, "not a call that was answered");
        }
    }

    @Override
    public void media(byte[] mulaw, int length, long timestamp) {
        if (stream != null) {
            stream.callerAudio(mulaw, length, timestamp);
        } else {
            malformed();
        }
    }

    @Override
    public void digit(String digit) {
        if (stream != null) {
            stream.callerDigit(digit);
        }
    }

    @Override
    public void mark(String name) {
        if (stream != null) {
            stream.callerHeard(name);
        }
    }

    @Override
    public void stopped() {
        if (stream != null) {
            stream.callerStopped();
        } else {
            close(NORMAL, "stopped");
        }
    }

    @Override
    public void unknown() {
        unknown++;
    }

    @Override
    public void malformed() {
        malformed++;
    }

    @Override
    public void sendAudio(byte[] mulaw, int length) {
        TextFrames.send(socket, messages.media(mulaw, length));
    }

    @Override
    public void sendMark(String name) {
        TextFrames.send(socket, messages.mark(name));
    }

    @Override
    public void sendClear() {
        TextFrames.send(socket, messages.clear());
    }

    @Override
    public boolean writeQueueFull() {
        // Asked of a closed socket it throws, and the agent may still speak when the caller has just gone.
        return !socket.isClosed() && socket.writeQueueFull();
    }

    @Override
    public void close() {
        close(NORMAL, "");
    }

    private void close(short code, String reason) {
        if (!closed) {
            closed = true;
            socket.close(code, reason);
        }
    }
}
