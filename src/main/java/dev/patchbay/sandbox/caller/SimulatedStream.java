package dev.patchbay.sandbox.caller;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One bidirectional media stream, from the upgrade to the close: sends the caller's sound in real time, plays what
 * comes back, answers marks. Runs on the call's event loop.
 */
final class SimulatedStream {
    private static final int NORMAL = 1000;
    private static final int CLOSED_WITHOUT_FRAME = 1006;

    private final Vertx vertx;
    private final CallRequest call;
    private final CallClock clock;
    private final PlaybackBuffer playback;
    private final CallNotes notes;
    private final StreamMessages messages;
    private final Promise<Void> over = Promise.promise();
    private @Nullable WebSocket socket;
    private long timer = -1;
    private boolean started;
    private boolean hungUp;
    private long startedNanos;
    private int firstFrame;
    private int nextFrame;
    private int nextKey;

    SimulatedStream(
            Vertx vertx, CallRequest call, String callSid, CallClock clock, PlaybackBuffer playback, CallNotes notes) {
        this.vertx = vertx;
        this.call = call;
        this.clock = clock;
        this.playback = playback;
        this.notes = notes;
        this.messages = new StreamMessages(call.accountSid(), callSid);
    }

    String streamSid() {
        return messages.streamSid();
    }

    /**
     * Opens the socket. The answer completes when the stream is over, by whichever side; a stream that does not come
     * about is over at once, and noted.
     */
    Future<Void> open(WebSocketClient client, URI url, String signature, Map<String, String> parameters) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(url.getPort() < 0 ? 80 : url.getPort())
                .setURI(url.getRawPath().isEmpty() ? "/" : url.getRawPath())
                .putHeader("User-Agent", "Twilio.TmeWs/1.0")
                .putHeader("x-twilio-signature", signature);
        client.connect(options).onSuccess(opened -> opened(opened, parameters)).onFailure(this::notOpened);
        return over.future();
    }

    /** Whether it was the caller who ended the stream. */
    boolean isHungUp() {
        return hungUp;
    }

    /** The caller hangs up. */
    void hangUp() {
        if (hungUp) {
            return;
        }
        hungUp = true;
        vertx.cancelTimer(timer);
        if (socket != null) {
            if (started) {
                socket.writeTextMessage(messages.stop());
            }
            socket.close();
        }
    }

    private void opened(WebSocket opened, Map<String, String> parameters) {
        socket = opened;
        opened.textMessageHandler(text -> received(GatewayMessage.read(text, started ? streamSid() : null)));
        opened.binaryMessageHandler(bytes -> notes.violation(31950, "binary message"));
        opened.exceptionHandler(fault -> {
            if (!hungUp) {
                notes.violation(31924, "socket failed: " + fault.getMessage());
            }
        });
        opened.closeHandler(closed -> closed(opened.closeStatusCode()));
        opened.writeTextMessage(StreamMessages.connected());
        Duration wait = call.behaviour().startsAfter();
        if (hungUp) {
            opened.close();
        } else if (wait != null && wait.isZero()) {
            start(parameters);
        } else if (wait != null) {
            timer = vertx.setTimer(wait.toMillis(), id -> start(parameters));
        }
    }

    private void notOpened(Throwable fault) {
        if (fault instanceof UpgradeRejectedException rejected) {
            notes.violation(31920, "upgrade answered with HTTP " + rejected.getStatus());
        } else {
            notes.violation(fault instanceof ConnectException ? 31902 : 31901, "not connected: " + fault.getMessage());
        }
        over.tryComplete();
    }

    private void start(Map<String, String> parameters) {
        send(messages.start(parameters));
        started = true;
        startedNanos = System.nanoTime();
        clock.start();
        // A second stream of a call goes on where the caller's voice is by now.
        firstFrame = (clock.now() + CallerAudio.FRAME - 1) / CallerAudio.FRAME;
        nextFrame = firstFrame;
        tick();
    }

    private void tick() {
        while (nextFrame * CallerAudio.FRAME <= clock.now()) {
            int spoken = nextFrame - CallNotes.framesBeforeSpeech(call);
            send(messages.media(call.audio().frame(spoken), (nextFrame - firstFrame) * 20L));
            notes.framesSent.set(nextFrame++);
        }
        pressKeys();
        answerMarks();
        if (call.behaviour().goesWhenQuiet() && isQuiet()) {
            hangUp();
        } else {
            timer = vertx.setTimer(clock.millisUntil(nextFrame * CallerAudio.FRAME), id -> tick());
        }
    }

    private void pressKeys() {
        var keys = call.behaviour().keys();
        long millis = (nextFrame - firstFrame) * 20L;
        while (nextKey < keys.size() && keys.get(nextKey).after().toMillis() <= millis) {
            String digit = keys.get(nextKey++).digit();
            send(messages.dtmf(digit));
            notes.dtmf.add(digit);
        }
    }

    private void answerMarks() {
        playback.due(clock.now()).forEach(name -> send(messages.mark(name)));
    }

    private boolean isQuiet() {
        CallerBehaviour behaviour = call.behaviour();
        long spokenUntil = (behaviour.speaksAfter().toMillis() + call.audio().millis()) * 8;
        long quietSince = Math.max(spokenUntil, playback.audibleUntil());
        return clock.now() > quietSince + behaviour.tail().toMillis() * 8;
    }

    private void received(GatewayMessage message) {
        if (hungUp) {
            return;
        }
        if (message instanceof GatewayMessage.Media media) {
            if (notes.firstAgentAudioMillis == null) {
                notes.firstAgentAudioMillis = (System.nanoTime() - startedNanos) / 1_000_000;
            }
            notes.bytesReceived += media.muLaw().length;
            playback.append(media.muLaw(), clock.now());
        } else if (message instanceof GatewayMessage.Mark mark) {
            notes.marks++;
            playback.mark(mark.name(), clock.now());
            answerMarks();
        } else if (message instanceof GatewayMessage.Clear) {
            notes.clears++;
            playback.clear(clock.now()).forEach(name -> send(messages.mark(name)));
        } else if (message instanceof GatewayMessage.Invalid invalid) {
            notes.violation(invalid.violation());
        }
    }

    private void closed(@Nullable Short code) {
        vertx.cancelTimer(timer);
        started = false;
        playback.clear(clock.now());
        // Once we have said goodbye, whether the gateway answers before it lets go tells nothing.
        int seen = code == null ? CLOSED_WITHOUT_FRAME : code;
        int closeCode = hungUp && seen == CLOSED_WITHOUT_FRAME ? NORMAL : seen;
        notes.closeCode = closeCode;
        if (closeCode == CLOSED_WITHOUT_FRAME) {
            notes.violation(31921, "socket closed without a close frame");
        }
        over.tryComplete();
    }

    private void send(String message) {
        if (socket != null) {
            socket.writeTextMessage(message);
        }
    }
}
