package dev.patchbay.provider.twilio;

import dev.patchbay.media.audio.MuLaw;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocket;
import java.util.Base64;

/** Twilio's side of one call of the warm-up: speaks as fast as it is answered, then hangs up. */
final class TwilioWarmUpCaller {

    private static final int FRAMES = 750;
    /** Frames on their way at a time. */
    private static final int AHEAD = 8;
    /** So long may a call last, in ms: a frame takes far less than 1 ms even when cold. */
    private static final long PATIENCE = 15_000;

    private static final String MEDIA =
            "{\"event\":\"media\",\"sequenceNumber\":\"%d\",\"media\":{\"track\":\"inbound\","
                    + "\"chunk\":\"%d\",\"timestamp\":\"%d\",\"payload\":\"%s\"},\"streamSid\":\"MZ0\"}";
    /** Loud, quiet and in between: code that has only seen one of them is compiled for that one. */
    private static final String[] PAYLOADS = {payload(8_000), payload(300), payload(0), payload(2_000)};

    private final WebSocket socket;
    private final String callSid;
    private final Promise<Void> over = Promise.promise();
    private int sent;
    private int heard;

    TwilioWarmUpCaller(WebSocket socket, String callSid) {
        this.socket = socket;
        this.callSid = callSid;
    }

    /** Succeeds when the call is over; fails when the agent was hardly heard. */
    Future<Void> talk() {
        socket.textMessageHandler(this::message);
        socket.closeHandler(v -> {
            if (heard >= FRAMES / 2) {
                over.tryComplete();
            } else {
                over.tryFail("Only " + heard + " of " + sent + " frames came back");
            }
        });
        socket.writeTextMessage("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        socket.writeTextMessage("{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"MZ0\",\"start\":{"
                + "\"streamSid\":\"MZ0\",\"callSid\":\"" + callSid + "\",\"customParameters\":{}}}");
        speakAhead();
        return over.future().timeout(PATIENCE, java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private void message(String message) {
        if (message.startsWith("{\"event\":\"mark\"")) {
            socket.writeTextMessage(message);
            return;
        }
        if (message.startsWith("{\"event\":\"media\"")) {
            heard++;
            speak();
        } else { // a clear: whatever was on its way, maybe all of it, does not come back
            speakAhead();
        }
    }

    private void speakAhead() {
        for (int i = 0; i < AHEAD; i++) {
            speak();
        }
    }

    private void speak() {
        if (sent < FRAMES) {
            sent++;
            socket.writeTextMessage(
                    String.format(MEDIA, sent + 1, sent, sent * 20, PAYLOADS[sent / AHEAD % PAYLOADS.length]));
        } else if (sent++ == FRAMES) {
            socket.writeTextMessage(
                    "{\"event\":\"stop\",\"streamSid\":\"MZ0\",\"stop\":{\"callSid\":\"" + callSid + "\"}}");
        }
    }

    /** A frame of a tone of 400 Hz in mu-law, in base64; {@code amplitude} of 32768. */
    private static String payload(int amplitude) {
        byte[] mulaw = new byte[160];
        for (int i = 0; i < mulaw.length; i++) {
            mulaw[i] = MuLaw.encode((short) (amplitude * Math.sin(i * Math.PI / 10)));
        }
        return Base64.getEncoder().encodeToString(mulaw);
    }
}
