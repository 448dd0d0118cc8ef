package dev.patchbay.provider.twilio;

import dev.patchbay.call.Call;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.Deliveries;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Twilio posts to the event door, told apart by its fields (CONTRACTS 1.3, 2.2 to 2.5). A delivery that comes twice
 * changes nothing.
 */
public final class TwilioEvents {

    private static final Logger LOG = LoggerFactory.getLogger(TwilioEvents.class);

    private final CallStore calls;
    private final CallEventStore events;
    private final Deliveries deliveries;

    public TwilioEvents(CallStore calls, CallEventStore events, Deliveries deliveries) {
        this.calls = calls;
        this.events = events;
        this.deliveries = deliveries;
    }

    /**
     * {@code message}, {@code transcription}, {@code recording}, {@code stream}, {@code conference}, {@code detection}, {@code
     * error} or {@code call}.
     */
    public String kind(Map<String, String> form) {
        if (form.containsKey("MessageStatus")) {
            return "message";
        }
        if (form.containsKey("TranscriptionStatus")) {
            return "transcription";
        }
        if (form.containsKey("RecordingStatus")) {
            return "recording";
        }
        if (form.containsKey("StreamEvent")) {
            return "stream";
        }
        if (form.containsKey("ConferenceSid")) {
            return "conference";
        }
        if (form.containsKey("Level") && form.containsKey("Payload")) {
            return "error";
        }
        // The last status event of a call says who answered, too.
        return form.containsKey("AnsweredBy") && !form.containsKey("CallbackSource") ? "detection" : "call";
    }

    /** Who or what answered a call that we placed: an event {@code answered-by}. */
    public void detected(Map<String, String> form, @Nullable String placed) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("answered_by", form.get("AnsweredBy"));
        data.put("duration_ms", form.get("MachineDetectionDuration"));
        note(form, placed, "answered-by", data, form.get("AnsweredBy"));
    }

    /** A media stream began, stopped or failed, as Twilio sees it. */
    public void streamed(Map<String, String> form, @Nullable String placed) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("stream_sid", form.get("StreamSid"));
        data.put("error", form.get("StreamError"));
        String event = String.valueOf(form.get("StreamEvent"));
        note(form, placed, event, data, form.get("StreamSid"));
    }

    /** Somebody came into a conference, or left it; what happens to a conference as a whole is no call's event. */
    public void conferred(Map<String, String> form) {
        String type = form.getOrDefault("StatusCallbackEvent", "").replace("participant-", "conference-");
        if (type.equals("conference-join") || type.equals("conference-leave")) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("conference", form.get("FriendlyName"));
            note(form, null, type, data, form.get("ConferenceSid") + ":" + form.get("SequenceNumber"));
        }
    }

    /** An entry of Twilio's own error log: to our log, and to the call that it is about, if there is one. */
    public void failed(Map<String, String> form) {
        JsonObject payload = payload(form);
        String code = String.valueOf(payload.getValue("error_code"));
        String about = String.valueOf(payload.getValue("resource_sid"));
        LOG.warn("Twilio reports {} {} about {}", form.get("Level"), code, about);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("level", form.get("Level"));
        data.put("error_code", code);
        note(Map.of("CallSid", about), null, "twilio-error", data, form.get("Sid"));
    }

    private void note(
            Map<String, String> form,
            @Nullable String placed,
            String type,
            Map<String, Object> data,
            @Nullable String which) {
        String callSid = form.getOrDefault("CallSid", "");
        Optional<Call> call = callSid.isEmpty() ? Optional.empty() : calls.find(callSid);
        if (call.isEmpty() && placed != null) {
            call = calls.find(placed);
        }
        if (call.isEmpty()) {
            LOG.info("An event {} of a call that is not known was left out", type);
        } else if (deliveries.isFirst("twilio:" + callSid + ":" + type + ":" + which)) {
            events.append(call.get().id(), type, data);
        }
    }

    private static JsonObject payload(Map<String, String> form) {
        try {
            return new JsonObject(form.getOrDefault("Payload", "{}"));
        } catch (DecodeException | ClassCastException e) {
            return new JsonObject();
        }
    }
}
