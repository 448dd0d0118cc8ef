package dev.patchbay.sandbox.caller;

import dev.patchbay.sandbox.speech.Echo;
import dev.patchbay.sandbox.speech.WavFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated call went, seen from the caller.
 *
 * @param callSid CA and 32 hex digits
 * @param twimlMillis from the voice webhook to its whole answer
 * @param firstAgentAudioMillis from {@code start} to the first {@code media}; null when none came
 * @param framesSent 20 ms each
 * @param framesReceived sound received, in units of 20 ms
 * @param echo the caller's own speech as it came back: delay (playback behind earlier sound included), lost and late frames; null when it did not
 * @param marks marks received
 * @param clears clears received
 * @param dtmf keys pressed, in the conversation or where {@code <Gather>} asked
 * @param said texts of {@code <Say>}
 * @param whispered texts of {@code <Say>} that dialled phones heard before they were connected
 * @param dialled targets of {@code <Dial>}
 * @param played URLs of {@code <Play>} that could be fetched
 * @param recordings RecordingSids of {@code <Start><Recording>}
 * @param verbs names of the TwiML verbs followed, in order
 * @param violations what Twilio would have reported as errors and warnings
 * @param closeCode how the last media socket was closed; 1006 without a close frame; null when there was none
 * @param ended who or what ended the call
 * @param durationMillis from the answer to the end
 * @param recording both sides, in real time
 */
public record CallReport(
        String callSid,
        String from,
        String to,
        long twimlMillis,
        @Nullable Long firstAgentAudioMillis,
        long framesSent,
        long framesReceived,
        @Nullable Echo echo,
        int marks,
        int clears,
        List<String> dtmf,
        List<String> said,
        List<String> whispered,
        List<String> dialled,
        List<String> played,
        List<String> recordings,
        List<String> verbs,
        List<Violation> violations,
        @Nullable Integer closeCode,
        Ended ended,
        long durationMillis,
        Recording recording) {

    /** What ended a call. */
    public enum Ended {
        /** The caller hung up. */
        CALLER,
        /** {@code <Hangup>}. */
        HANGUP,
        /** {@code <Reject>}. */
        REJECT,
        /** The TwiML had no further verb. */
        END_OF_TWIML,
        /** A webhook failed or answered no TwiML. */
        FAILED_WEBHOOK,
        /** The called person did not pick up. */
        NOT_ANSWERED,
        /** The TwiML redirected without an end. */
        REDIRECT_LOOP;

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Something that Twilio would have put into its error log.
     *
     * @param code Twilio's error or warning code
     */
    public record Violation(int code, String what) {}

    /**
     * Both sides of a call at 8 kHz.
     *
     * @param said what the caller sent
     * @param heard what was played to the caller; as long as {@code said}
     */
    @SuppressWarnings("ArrayRecordComponent") // handed from the call to its report once, never compared
    public record Recording(short[] said, short[] heard) {}

    /** The delay of the caller's own speech coming back, in ms; null when it did not. */
    public @Nullable Double roundTripMillis() {
        return echo == null ? null : echo.delayMillis();
    }

    /** Frames of the caller's speech that did not come back; null when none did. */
    public @Nullable Integer lost() {
        return echo == null ? null : echo.lost();
    }

    /** Frames of the caller's speech that came back late; null when none came back. */
    public @Nullable Integer late() {
        return echo == null ? null : echo.late();
    }

    /** A WAV file at 8 kHz: left what the caller said, right what the caller heard. */
    public byte[] stereoWav() {
        return WavFile.write(8000, recording.said(), recording.heard());
    }

    public JsonObject toJson() {
        JsonArray faults = new JsonArray();
        violations.forEach(fault -> faults.add(JsonObject.of("code", fault.code(), "what", fault.what())));
        return new JsonObject()
                .put("call_sid", callSid)
                .put("from", from)
                .put("to", to)
                .put("ended", ended.wire())
                .put("duration_ms", durationMillis)
                .put("twiml_ms", twimlMillis)
                .put("first_agent_audio_ms", firstAgentAudioMillis)
                .put("frames_sent", framesSent)
                .put("frames_received", framesReceived)
                .put("lost", lost())
                .put("late", late())
                .put("round_trip_ms", roundTripMillis())
                .put("marks", marks)
                .put("clears", clears)
                .put("dtmf", new JsonArray(dtmf))
                .put("said", new JsonArray(said))
                .put("whispered", new JsonArray(whispered))
                .put("dialled", new JsonArray(dialled))
                .put("played", new JsonArray(played))
                .put("recordings", new JsonArray(recordings))
                .put("verbs", new JsonArray(verbs))
                .put("violations", faults)
                .put("close_code", closeCode);
    }
}
