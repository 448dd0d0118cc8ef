package dev.patchbay.provider.twilio;

import com.twilio.rest.api.v2010.account.Call;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.JsonFields;
import dev.patchbay.http.ParameterValues;
import dev.patchbay.message.Message;
import dev.patchbay.message.MessageStatus;
import dev.patchbay.message.Outgoing;
import dev.patchbay.store.MessageStore;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages between the REST API (seed 001's shapes), Twilio and the store. The YAML routes decide and send; this class
 * reads requests and forms, keeps the record and writes the answers.
 */
public final class TwilioMessages {

    /** Twilio refuses more (21617), in characters. */
    private static final int LONGEST = 1600;

    private static final Pattern SID = Pattern.compile("(SM|MM|CA)[0-9A-Za-z]{32}");

    private final TwilioAccount account;
    private final MessageStore messages;
    private final MessagePolicy policy;

    public TwilioMessages(TwilioAccount account, MessageStore messages, MessagePolicy policy) {
        this.account = account;
        this.messages = messages;
        this.policy = policy;
    }

    /**
     * {@code {to, message, from?}} as a message to send.
     *
     * @throws PatchbayException unavailable without an account, invalid request naming the field
     */
    public Outgoing read(@Nullable String body) {
        String number = account.requiredNumber();
        JsonFields fields = JsonFields.of(body);
        return new Outgoing(fields.phone("to"), fields.phoneOr("from", number), fields.required("message", LONGEST));
    }

    /**
     * A message to send, of a kamelet's parameters.
     *
     * @param to a phone number
     * @param from a number, short code or name of ours, for Twilio to judge; blank: our first number
     * @throws PatchbayException unavailable without an account, invalid request naming the parameter
     */
    public Outgoing outgoing(@Nullable String to, @Nullable String from, @Nullable String text) {
        account.required();
        String sender = ParameterValues.text(from);
        return new Outgoing(
                ParameterValues.phone("to", to),
                sender == null ? account.requiredNumber() : ParameterValues.plus(sender),
                ParameterValues.required("text", text, LONGEST));
    }

    /**
     * A message of our own making to somebody; what is too long for one is cut.
     *
     * @param to E.164
     * @param from one of our numbers
     */
    public Outgoing notice(String to, String from, String text) {
        int characters = Math.min(text.codePointCount(0, text.length()), LONGEST);
        return new Outgoing(to, from, text.substring(0, text.offsetByCodePoints(0, characters)));
    }

    /** Keeps a message that Twilio has taken. */
    public Message sent(Outgoing outgoing, com.twilio.rest.api.v2010.account.Message taken) {
        Instant now = Instant.now();
        Message message = new Message(
                Ids.next(),
                "twilio",
                taken.getSid(),
                Direction.OUTBOUND,
                outgoing.from(),
                outgoing.to(),
                outgoing.text(),
                taken.getStatus() == null
                        ? MessageStatus.QUEUED
                        : MessageStatus.of(taken.getStatus().toString()).orElse(MessageStatus.QUEUED),
                null,
                now,
                now);
        messages.open(message);
        return message;
    }

    /**
     * Takes a status event of a message: forward only. One that overtakes our own record of the message makes it, and so
     * does the first one of a reply.
     *
     * @param reply of the query; null: it is no reply that Twilio sent for us
     */
    public void event(Map<String, String> form, @Nullable String reply) {
        String sid = form.getOrDefault("MessageSid", form.getOrDefault("SmsSid", ""));
        Optional<MessageStatus> status =
                MessageStatus.of(form.getOrDefault("MessageStatus", form.getOrDefault("SmsStatus", "")));
        if (sid.isEmpty() || status.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        String errorCode = form.get("ErrorCode");
        if (!messages.advance(sid, status.get(), errorCode, now)
                && messages.find(sid).isEmpty()) {
            messages.open(new Message(
                    Ids.next(),
                    "twilio",
                    sid,
                    Direction.OUTBOUND,
                    form.get("From"),
                    form.get("To"),
                    reply == null ? null : policy.reply(),
                    status.get(),
                    errorCode,
                    now,
                    now));
        }
    }

    /** {@code {status: success, sid, to, from}}. */
    public Map<String, @Nullable Object> answer(Message message) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("status", "success");
        json.put("sid", message.sid());
        json.put("to", message.to());
        json.put("from", message.from());
        return json;
    }

    /**
     * What a Twilio id names: {@code message} or {@code call}.
     *
     * @throws PatchbayException invalid request, when it is neither
     */
    public String kind(String sid) {
        account.required();
        if (!SID.matcher(sid).matches()) {
            throw JsonFields.invalid("sid", "is neither a MessageSid (SM, MM) nor a CallSid (CA)");
        }
        return sid.startsWith("CA") ? "call" : "message";
    }

    /** {@code {sid, status, to, from, body, date_sent}} of a message. */
    public Map<String, @Nullable Object> messageStatus(com.twilio.rest.api.v2010.account.Message message) {
        return status(
                message.getSid(),
                message.getStatus(),
                message.getTo(),
                message.getFrom(),
                message.getBody(),
                message.getDateSent());
    }

    /** The same of a call: {@code body} is null, {@code date_sent} is when it began. */
    public Map<String, @Nullable Object> callStatus(Call call) {
        return status(call.getSid(), call.getStatus(), call.getTo(), call.getFrom(), null, call.getStartTime());
    }

    private static Map<String, @Nullable Object> status(
            String sid,
            @Nullable Object status,
            @Nullable Object to,
            @Nullable Object from,
            @Nullable String body,
            @Nullable ZonedDateTime sent) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sid", sid);
        json.put("status", text(status));
        json.put("to", text(to));
        json.put("from", text(from));
        json.put("body", body);
        json.put("date_sent", sent == null ? null : sent.toInstant().toString());
        return json;
    }

    private static @Nullable String text(@Nullable Object value) {
        return Optional.ofNullable(value).map(Object::toString).orElse(null);
    }
}
