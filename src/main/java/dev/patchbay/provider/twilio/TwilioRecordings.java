package dev.patchbay.provider.twilio;

import dev.patchbay.call.Call;
import dev.patchbay.call.Recording;
import dev.patchbay.call.RecordingStatus;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.ProviderClient;
import dev.patchbay.provider.ProviderRequest;
import dev.patchbay.provider.ProviderStream;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.RecordingStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recordings of calls (CONTRACTS 2.3): their events, and their media, which is fetched from Twilio by its RecordingSid
 * with our credentials. The URL that an event names is kept and never fetched, because it came in a request.
 */
public final class TwilioRecordings {

    private static final Pattern SID = Pattern.compile("RE[0-9A-Za-z]{32}");
    private static final Pattern RANGE = Pattern.compile("bytes=[0-9,\\- ]{1,100}");

    private final CallStore calls;
    private final CallEventStore events;
    private final RecordingStore recordings;
    private final RecordingPolicy policy;
    private final TwilioProperties account;
    private final ProviderClient twilio;

    public TwilioRecordings(
            CallStore calls,
            CallEventStore events,
            RecordingStore recordings,
            RecordingPolicy policy,
            TwilioProperties account,
            ProviderClient twilio) {
        this.calls = calls;
        this.events = events;
        this.recordings = recordings;
        this.policy = policy;
        this.account = account;
        this.twilio = twilio;
    }

    /**
     * Takes an event of a recording, forward only.
     *
     * @param call the call it belongs to
     */
    public void event(Call call, Map<String, String> form) {
        String sid = form.getOrDefault("RecordingSid", "");
        Optional<RecordingStatus> status = RecordingStatus.of(form.getOrDefault("RecordingStatus", ""));
        if (!SID.matcher(sid).matches() || status.isEmpty()) {
            return;
        }
        Recording recording = new Recording(
                sid,
                call.id(),
                status.get(),
                number(form.get("RecordingDuration")),
                number(form.get("RecordingChannels")),
                form.get("RecordingSource"),
                form.get("RecordingUrl"),
                Instant.now());
        if (recordings.advance(recording)) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("recording_sid", sid);
            data.put("status", status.get().wire());
            data.put("duration", recording.duration());
            data.put("channels", recording.channels());
            events.append(call.id(), "recording", data);
        }
    }

    /**
     * The recording of a call, by our id of the call or its CallSid.
     *
     * @throws PatchbayException not found, when there is no such call, or nothing to listen to
     */
    public Recording of(String id) {
        Call call =
                calls.find(id).orElseThrow(() -> new PatchbayException(ErrorCategory.NOT_FOUND, null, "No call " + id));
        return recordings
                .playable(call.id())
                .orElseThrow(() -> new PatchbayException(ErrorCategory.NOT_FOUND, null, "No recording of call " + id));
    }

    /**
     * The media of a recording, as WAV.
     *
     * @param range the caller's wish for a part, as its header says it; null or unreadable: everything
     * @throws PatchbayException what Twilio refused
     */
    ProviderStream media(Recording recording, @Nullable String range) {
        ProviderRequest request = ProviderRequest.get(
                "/2010-04-01/Accounts/" + account.accountSid() + "/Recordings/" + recording.sid() + ".wav");
        ProviderStream media =
                twilio.open(range != null && RANGE.matcher(range).matches() ? request.with("Range", range) : request);
        int status = media.answer().status();
        if (status >= 300 && status != 416) {
            throw TwilioFaults.of(media.answer());
        }
        String type = media.answer().headers().getOrDefault("content-type", "");
        if (status < 300 && !type.toLowerCase(Locale.ROOT).startsWith("audio/")) {
            close(media.body());
            throw new PatchbayException(
                    ErrorCategory.PROVIDER_FAILED,
                    "twilio",
                    "twilio answered " + status + " with something that is no audio");
        }
        return media;
    }

    /** Notes that a recording is gone. */
    public void deleted(Recording recording) {
        Recording gone = new Recording(
                recording.sid(),
                recording.callId(),
                RecordingStatus.DELETED,
                null,
                null,
                null,
                null,
                recording.createdAt());
        if (recordings.advance(gone)) {
            events.append(
                    recording.callId(), "recording", Map.of("recording_sid", recording.sid(), "status", "deleted"));
        }
    }

    /**
     * Some of the recordings whose time is over; none while they are kept for good.
     *
     * @param after the last one of those before; null for the first
     */
    List<Recording> expired(@Nullable Recording after) {
        Integer days = policy.days();
        return days == null ? List.of() : recordings.before(Instant.now().minus(Duration.ofDays(days)), after);
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Integer number(@Nullable String given) {
        return given != null && given.matches("\\d{1,7}") ? Integer.valueOf(given) : null;
    }
}
