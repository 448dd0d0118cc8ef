package dev.patchbay.sandbox.caller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recording of a simulated call, and what Twilio tells about it (CONTRACTS 2.3).
 *
 * @param sid RE and 32 hex digits
 * @param source how it came about, in Twilio's word
 * @param callback what is told; null: nobody
 * @param events of which it is told: {@code in-progress}, {@code completed}, {@code absent}
 */
public record CallRecording(
        String sid, String source, @Nullable String callback, List<String> events) {

    public static CallRecording begin(String source, @Nullable String callback, List<String> events) {
        return new CallRecording(Sids.next("RE"), source, callback, List.copyOf(events));
    }

    /** Whether somebody wants to be told when the recording is in this status. */
    public boolean tells(String status) {
        return callback != null && events.contains(status);
    }

    /** The form of an event, beside the ids of call and account. */
    public Map<String, String> event(String status) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("RecordingSid", sid);
        form.put("RecordingUrl", "https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/" + sid);
        form.put("RecordingStatus", status);
        form.put("RecordingChannels", "2");
        form.put("RecordingTrack", "both");
        form.put("RecordingSource", source);
        return form;
    }

    /** The same of a recording that is complete. */
    public Map<String, String> completed(CallReport report) {
        Map<String, String> form = event("completed");
        form.put("RecordingDuration", Long.toString((report.durationMillis() + 999) / 1000));
        return form;
    }
}
