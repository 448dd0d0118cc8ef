package dev.patchbay.provider.twilio;

import dev.patchbay.call.Call;
import dev.patchbay.call.TranscriptTurn;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.Deliveries;
import dev.patchbay.store.TranscriptStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Voice messages that Twilio has written down ({@code <Record transcribe="true">}). */
public final class TwilioTranscriptions {

    private static final Pattern SID = Pattern.compile("TR[0-9A-Za-z]{32}");

    private final CallEventStore events;
    private final TranscriptStore transcripts;
    private final Deliveries deliveries;

    public TwilioTranscriptions(CallEventStore events, TranscriptStore transcripts, Deliveries deliveries) {
        this.events = events;
        this.transcripts = transcripts;
        this.deliveries = deliveries;
    }

    /**
     * Takes what became of a transcription: the text goes to the call's transcript, that there is one becomes an event.
     *
     * @param call the call in which the message was left
     * @return whether it is news; one that comes twice changes nothing
     */
    public boolean event(Call call, Map<String, String> form) {
        String sid = form.getOrDefault("TranscriptionSid", "");
        if (!SID.matcher(sid).matches() || !deliveries.isFirst("twilio:" + sid)) {
            return false;
        }
        if (isWritten(form)) {
            transcripts.append(
                    call.id(), TranscriptTurn.USER, form.getOrDefault("TranscriptionText", ""), Instant.now());
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("transcription_sid", sid);
        data.put("recording_sid", form.get("RecordingSid"));
        data.put("status", isWritten(form) ? "completed" : "failed");
        events.append(call.id(), "transcription", data);
        return true;
    }

    /** Whether there are words; a message that nobody can understand has none. */
    public boolean isWritten(Map<String, String> form) {
        return "completed".equals(form.get("TranscriptionStatus"))
                && !form.getOrDefault("TranscriptionText", "").isBlank();
    }
}
