package dev.patchbay.sandbox;

import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.sandbox.caller.CallRecording;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.sandbox.caller.MessageReply;
import dev.patchbay.sandbox.caller.OutboundLeg;
import dev.patchbay.sandbox.caller.Phone;
import dev.patchbay.sandbox.caller.SandboxCaller;
import dev.patchbay.sandbox.caller.Sids;
import dev.patchbay.sandbox.speech.BundledSpeech;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's REST API as far as we use it (CONTRACTS 3): messages are delivered, calls are answered by a simulated caller.
 * The numbers of Twilio's test credentials fail as they do there: {@code +15005550001} is invalid, {@code +15005550004}
 * has opted out, {@code +15005550009} is no mobile. Who is called otherwise is a {@link Phone}.
 */
public final class SandboxTwilio {

    private static final int MOST_KEPT = 1000;
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);
    private static final String INVALID = "+15005550001";
    private static final String OPTED_OUT = "+15005550004";
    private static final String NOT_MOBILE = "+15005550009";

    /** An answer of Twilio's API. */
    public record Answer(int status, String json) {}

    private final Set<String> optedOut = ConcurrentHashMap.newKeySet();
    private final SandboxCaller caller;
    private final SandboxAddress address;
    private final SandboxEvents events;
    private final TwilioProperties account;
    private final RecentCalls recent;
    private final Map<String, JsonObject> resources = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonObject> eldest) {
            return size() > MOST_KEPT;
        }
    });
    private final SandboxRecordings recordings;

    SandboxTwilio(
            SandboxCaller caller,
            SandboxAddress address,
            SandboxEvents events,
            TwilioProperties account,
            RecentCalls recent,
            SandboxRecordings recordings) {
        this.caller = caller;
        this.address = address;
        this.events = events;
        this.account = account;
        this.recent = recent;
        this.recordings = recordings;
    }

    public Answer createMessage(Map<String, String> form) {
        String to = form.getOrDefault("To", "");
        String body = form.getOrDefault("Body", "");
        String from = form.getOrDefault("From", "");
        Optional<Answer> refused = isOptedOut(to, from) ? Optional.of(optedOut()) : refusal(to);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (body.isEmpty()) {
            return error(400, 21602, "Message body is required.");
        }
        if (body.codePointCount(0, body.length()) > 1600) {
            return error(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
        }
        JsonObject message = messageResource(to, from, body, "outbound-api");
        deliver(message, form.get("StatusCallback"));
        return new Answer(201, message.encode());
    }

    /** Sends what the gateway answers to a message. @return false when whoever wrote it wants no messages */
    boolean reply(String from, String to, MessageReply reply) {
        if (isOptedOut(to, from)) {
            return false;
        }
        deliver(messageResource(to, from, reply.text(), "outbound-reply"), reply.events());
        return true;
    }

    /** A phone wants no more messages of this number. */
    void optOut(String phone, String number) {
        optedOut.add(phone + ' ' + number);
    }

    /** A phone takes messages of this number again. */
    void optIn(String phone, String number) {
        optedOut.remove(phone + ' ' + number);
    }

    private boolean isOptedOut(String phone, String number) {
        return optedOut.contains(phone + ' ' + number);
    }

    private JsonObject messageResource(String to, String from, String body, String direction) {
        String sid = Sids.next("SM");
        JsonObject message = resource(sid, to, from, "queued")
                .put("direction", direction)
                .put("messaging_service_sid", null)
                .put("body", body)
                .put("num_segments", "1")
                .put("num_media", "0")
                .put("error_code", null)
                .put("error_message", null)
                .put("date_sent", null);
        resources.put(sid, message);
        return message;
    }

    private void deliver(JsonObject message, @Nullable String callback) {
        if (callback != null) {
            events.deliver(URI.create(callback), message.copy(), status -> {
                message.put("status", status);
                message.put("date_sent", now());
            });
        }
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

    public Answer deleteRecording(String sid) {
        return recordings.delete(withoutSuffix(sid)) ? new Answer(204, "") : notFound(sid);
    }

    private void record(String callSid, Map<String, String> form, CallReport report) {
        CallRecording recording = CallRecording.begin("OutboundAPI", form.get("RecordingStatusCallback"), List.of());
        recordings.keep(recording.sid(), report.stereoWav());
        Map<String, String> event = new LinkedHashMap<>(Map.of("CallSid", callSid));
        event.putAll(recording.completed(report));
        events.report(URI.create(String.valueOf(recording.callback())), event);
    }

    private void ring(String sid, Map<String, String> form, JsonObject call) {
        String to = form.getOrDefault("To", "");
        Phone phone = Phone.of(to);
        OutboundLeg leg = new OutboundLeg(
                sid,
                form.get("Twiml"),
                phone.outcome(),
                form.containsKey("MachineDetection") ? (phone.machine() ? "machine_start" : "human") : null);
        CallRequest request = CallRequest.of(
                        form.getOrDefault("From", ""),
                        to,
                        CallerAudio.of(BundledSpeech.CALLER.wav()),
                        address.gateway(),
                        SandboxController.accountSid(account),
                        SandboxController.authToken(account))
                .with(CallerBehaviour.DEFAULT.answering(phone.answers()))
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

    private static Optional<Answer> refusal(String to) {
        return switch (to) {
            case INVALID -> Optional.of(error(400, 21211, "Invalid 'To' Phone Number: " + to));
            case OPTED_OUT -> Optional.of(optedOut());
            case NOT_MOBILE -> Optional.of(error(400, 21614, "'To' number is not a valid mobile number"));
            default -> Optional.empty();
        };
    }

    private static Answer optedOut() {
        return error(400, 21610, "Attempt to send to unsubscribed recipient");
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
