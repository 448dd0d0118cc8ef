package dev.patchbay.sandbox;

import dev.patchbay.sandbox.caller.MessageReply;
import dev.patchbay.sandbox.caller.Sids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Plays phones that write text messages to our numbers, and what Twilio does with those (CONTRACTS 2.5): the gateway is
 * asked what to answer, and the answer is delivered. Who writes STOP gets nothing more from that number until START.
 */
public final class SandboxTexts {

    private static final String WEBHOOK = "/twilio/sms/incoming";
    private static final Set<String> STOP = Set.of("stop", "stopall", "unsubscribe", "cancel", "end", "quit");
    private static final Set<String> START = Set.of("start", "yes", "unstop");

    private final SandboxTwilio twilio;
    private final SandboxEvents events;
    private final SandboxAddress address;

    SandboxTexts(SandboxTwilio twilio, SandboxEvents events, SandboxAddress address) {
        this.twilio = twilio;
        this.events = events;
        this.address = address;
    }

    /** A phone writes; {@code {sid, replies}} when the gateway has answered. */
    Future<JsonObject> write(String from, String to, String body) {
        String word = body.strip().toLowerCase(Locale.ROOT);
        if (STOP.contains(word)) {
            twilio.optOut(from, to);
        } else if (START.contains(word)) {
            twilio.optIn(from, to);
        }
        String sid = Sids.next("SM");
        Map<String, String> form = new LinkedHashMap<>();
        for (String name : List.of("MessageSid", "SmsSid", "SmsMessageSid")) {
            form.put(name, sid);
        }
        form.put("From", from);
        form.put("To", to);
        form.put("Body", body);
        form.put("NumMedia", "0");
        form.put("NumSegments", "1");
        form.put("SmsStatus", "received");
        form.put("ApiVersion", "2010-04-01");
        return events.ask(address.gateway().resolve(WEBHOOK), form)
                .map(document -> MessageReply.read(document.getBytes()))
                .map(replies -> new JsonObject().put("sid", sid).put("replies", delivered(replies, from, to)));
    }

    private JsonArray delivered(List<MessageReply> replies, String phone, String number) {
        JsonArray texts = new JsonArray();
        for (MessageReply reply : replies) {
            if (twilio.reply(number, phone, reply)) {
                texts.add(reply.text());
            }
        }
        return texts;
    }
}
