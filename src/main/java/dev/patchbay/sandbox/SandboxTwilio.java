package dev.patchbay.sandbox;

import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.caller.OutboundLeg;
import dev.patchbay.sandbox.caller.SandboxCaller;
import dev.patchbay.sandbox.caller.Sids;
import dev.patchbay.sandbox.speech.BundledSpeech;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's REST API as far as we use it (CONTRACTS 3): messages are delivered, calls are answered by a simulated caller.
 * The numbers of Twilio's test credentials fail as they do there: {@code +15005550001} is invalid, {@code +15005550004}
 * has opted out, {@code +15005550009} is no mobile; two more of ours, {@code +15005551001}, is busy, {@code
 * +15005551002} does not answer, {@code +15005551003} is answered by a machine.
 */
public final class SandboxTwilio {

    private static final int MOST_KEPT = 1000;
    private static final int MOST_RECORDINGS = 20;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,9})-(\\d{0,9})");
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);
    private static final String INVALID = "+15005550001";
    private static final String OPTED_OUT = "+15005550004";
    private static final String NOT_MOBILE = "+15005550009";
    private static final String BUSY = "+15005551001";
    private static final String SILENT = "+15005551002";
    private static final String MACHINE = "+15005551003";

    /**
     * Media of Twilio's API.
     *
     * @param range the header Content-Range; null when it is the whole
     */
    @SuppressWarnings("ArrayRecordComponent") // sent once, compared with nothing
    public record Media(int status, byte[] bytes, @Nullable String range) {}

    /** An answer of Twilio's API. */
    public record Answer(int status, String json) {}

    private final SandboxCaller caller;
    private final SandboxAddress address;
    private final SandboxEvents events;
    private final TwilioProperties account;
    private final RecentCalls recent;
    private final Map<String, JsonObject> resources = latest(MOST_KEPT);
    private final Map<String, byte[]> recordings = latest(MOST_RECORDINGS);

    SandboxTwilio(
            SandboxCaller caller,
            SandboxAddress address,
            SandboxEvents events,
            TwilioProperties account,
            RecentCalls recent) {
        this.caller = caller;
        this.address = address;
        this.events = events;
        this.account = account;
        this.recent = recent;
    }

    public Answer createMessage(Map<String, String> form) {
        String to = form.getOrDefault("To", "");
        String body = form.getOrDefault("Body", "");
        Optional<Answer> refused = refusal(to);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (body.isEmpty()) {
            return error(400, 21602, "Message body is required.");
        }
        if (body.codePointCount(0, body.length()) > 1600) {
            return error(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        }
        String sid = Sids.next("SM");
        JsonObject message = resource(sid, to, form.getOrDefault("From", ""), "queued")
                .put("messaging_service_sid", null)
                .put("body", body)
                .put("num_segments", "1")
                .put("num_media", "0")
                .put("error_code", null)
                .put("error_message", null)
                .put("date_sent", null);
        resources.put(sid, message);
        String callback = form.get("StatusCallback");
        if (callback != null) {
            events.deliver(URI.create(callback), message.copy(), status -> {
                message.put("status", status);
                message.put("date_sent", now());
            });
        }
        return new Answer(201, message.encode());
    }

    public Answer message(String sid) {
        JsonObject message = resources.get(withoutSuffix(sid));
        return message == null ? notFound(sid) : new Answer(200, message.encode());
    }

    public Answer createCall(Map<String, String> form) {
        String to = form.getOrDefault("To", "");
        Optional<Answer> refused = refusal(to);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (!form.containsKey("Url") && !form.containsKey("Twiml")) {
            return error(400, 21205, "Url parameter is required.");
        }
        String sid = Sids.next("CA");
        JsonObject call = resource(sid, to, form.getOrDefault("From", ""), "queued")
                .put("start_time", null)
                .put("end_time", null)
                .put("duration", null)
                .put("answered_by", null);
        resources.put(sid, call);
        ring(sid, form, call);
        return new Answer(201, call.encode());
    }

    public Answer call(String sid) {
        String callSid = withoutSuffix(sid);
        JsonObject call = resources.get(callSid);
        if (call == null) {
            return notFound(sid);
        }
        caller.status(callSid).ifPresent(status -> call.put("status", status.equals("initiated") ? "queued" : status));
        return new Answer(200, call.encode());
    }

    public Answer updateCall(String sid, Map<String, String> form) {
        String callSid = withoutSuffix(sid);
        boolean told = form.containsKey("Status")
                ? caller.end(callSid)
                : caller.goOnWith(callSid, form.get("Twiml"), form.get("Url"));
        if (!told) {
            return resources.containsKey(callSid)
                    ? error(400, 21220, "Unable to update record. The call is not in-progress.")
                    : notFound(sid);
        }
        JsonObject call = resources.get(callSid);
        return new Answer(200, (call == null ? resource(callSid, "", "", "in-progress") : call).encode());
    }

    /** A recording as WAV. @param range {@code bytes=from-to} or null */
    public Media media(String sid, @Nullable String range) {
        byte[] wav = recordings.get(sid.replaceFirst("\\.wav$", ""));
        if (wav == null) {
            return new Media(404, new byte[0], null);
        }
        Matcher part = RANGE.matcher(range == null ? "" : range);
        if (!part.matches()) {
            return new Media(200, wav, null);
        }
        int from = Integer.parseInt(part.group(1));
        int to = part.group(2).isEmpty() ? wav.length - 1 : Math.min(Integer.parseInt(part.group(2)), wav.length - 1);
        return from > to
                ? new Media(416, new byte[0], "bytes */" + wav.length)
                : new Media(206, Arrays.copyOfRange(wav, from, to + 1), "bytes " + from + "-" + to + "/" + wav.length);
    }

    public Answer deleteRecording(String sid) {
        return recordings.remove(withoutSuffix(sid)) == null ? notFound(sid) : new Answer(204, "");
    }

    private void record(String callSid, Map<String, String> form, CallReport report) {
        String sid = Sids.next("RE");
        recordings.put(sid, report.stereoWav());
        URI callback = URI.create(form.getOrDefault("RecordingStatusCallback", ""));
        Map<String, String> event = new LinkedHashMap<>();
        event.put("CallSid", callSid);
        event.put("RecordingSid", sid);
        event.put("RecordingUrl", "https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/" + sid);
        event.put("RecordingStatus", "completed");
        event.put("RecordingDuration", Long.toString((report.durationMillis() + 999) / 1000));
        event.put("RecordingChannels", "2");
        event.put("RecordingSource", "OutboundAPI");
        events.report(callback, event);
    }

    private void ring(String sid, Map<String, String> form, JsonObject call) {
        String to = form.getOrDefault("To", "");
        OutboundLeg leg = new OutboundLeg(
                sid,
                form.get("Twiml"),
                to.equals(BUSY) ? "busy" : to.equals(SILENT) ? "no-answer" : "completed",
                form.containsKey("MachineDetection") ? (to.equals(MACHINE) ? "machine_start" : "human") : null);
        CallRequest request = CallRequest.of(
                        form.getOrDefault("From", ""),
                        to,
                        CallerAudio.of(BundledSpeech.CALLER.wav()),
                        address.gateway(),
                        SandboxController.accountSid(account),
                        SandboxController.authToken(account))
                .placed(leg, form.getOrDefault("Url", "/"), form.getOrDefault("StatusCallback", "/"));
        caller.call(request).onSuccess(report -> {
            recent.add(report);
            if ("true".equals(form.get("Record"))) {
                record(sid, form, report);
            }
            call.put("status", leg.outcome())
                    .put("end_time", now())
                    .put("duration", Long.toString((report.durationMillis() + 999) / 1000));
        });
    }

    private static <T> Map<String, T> latest(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        });
    }

    private static Optional<Answer> refusal(String to) {
        return switch (to) {
            case INVALID -> Optional.of(error(400, 21211, "Invalid 'To' Phone Number: " + to));
            case OPTED_OUT -> Optional.of(error(400, 21610, "Attempt to send to unsubscribed recipient"));
            case NOT_MOBILE -> Optional.of(error(400, 21614, "'To' number is not a valid mobile number"));
            default -> Optional.empty();
        };
    }

    private JsonObject resource(String sid, String to, String from, String status) {
        String time = now();
        return new JsonObject()
                .put("sid", sid)
                .put("account_sid", account.accountSid())
                .put("api_version", "2010-04-01")
                .put("to", to)
                .put("from", from)
                .put("status", status)
                .put("direction", "outbound-api")
                .put("price", null)
                .put("price_unit", "USD")
                .put("date_created", time)
                .put("date_updated", time);
    }

    private static Answer notFound(@Nullable String sid) {
        return error(404, 20404, "The requested resource " + sid + " was not found");
    }

    private static Answer error(int status, int code, String message) {
        return new Answer(
                status,
                new JsonObject()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status)
                        .encode());
    }

    private static String withoutSuffix(String sid) {
        return sid.endsWith(".json") ? sid.substring(0, sid.length() - ".json".length()) : sid;
    }

    private static String now() {
        return RFC_2822.format(ZonedDateTime.now(ZoneOffset.UTC));
    }
}
