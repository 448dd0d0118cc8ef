package dev.patchbay.provider.twilio;

import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.message.Message;
import dev.patchbay.message.MessageStatus;
import dev.patchbay.message.Outgoing;
import dev.patchbay.store.MessageStore;
import dev.patchbay.twiml.Twiml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Messages that come in (CONTRACTS 2.5). The route {@code message-receive} decides what happens to them. */
public final class TwilioInbox {

    /** Characters of a message. */
    private static final int LONGEST = 1600;

    /** Twilio's default keywords, which it acts on and answers itself. */
    private static final Set<String> STOP =
            Set.of("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout");

    private static final Set<String> START = Set.of("start", "yes", "unstop");
    private static final Set<String> HELP = Set.of("help", "info");

    private final TwilioAccount account;
    private final MessageStore messages;
    private final MessagePolicy policy;

    public TwilioInbox(TwilioAccount account, MessageStore messages, MessagePolicy policy) {
        this.account = account;
        this.messages = messages;
        this.policy = policy;
    }

    /** Keeps a message. @return whether it is new; Twilio repeats what we did not answer in time */
    public boolean received(Map<String, String> form) {
        String sid = form.getOrDefault("MessageSid", "");
        if (sid.isBlank()) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, "twilio", "MessageSid is missing");
        }
        Instant now = Instant.now();
        return messages.open(new Message(
                Ids.next(),
                "twilio",
                sid,
                Direction.INBOUND,
                form.get("From"),
                form.get("To"),
                form.getOrDefault("Body", ""),
                MessageStatus.RECEIVED,
                null,
                now,
                now));
    }

    /** {@code stop}, {@code start} or {@code help} when the message is nothing but such a word, else empty. */
    public String keyword(Map<String, String> form) {
        String word = form.getOrDefault("OptOutType", form.getOrDefault("Body", ""))
                .strip()
                .toLowerCase(Locale.ROOT);
        return STOP.contains(word) ? "stop" : START.contains(word) ? "start" : HELP.contains(word) ? "help" : "";
    }

    /** Whether the message is forwarded to somebody; not back to whoever wrote it. */
    public boolean forwards(Map<String, String> form) {
        return policy.forwardTo() != null && !policy.forwardTo().equals(form.get("From"));
    }

    /** The message as it is forwarded: who wrote it, and what; what is too long for one message goes on in a second one. */
    public List<Outgoing> forwarded(Map<String, String> form) {
        String to = Objects.requireNonNull(policy.forwardTo(), "forwardTo");
        String from = form.getOrDefault("To", "");
        String rest = form.getOrDefault("From", "") + ": " + form.getOrDefault("Body", "");
        List<Outgoing> parts = new ArrayList<>();
        while (!rest.isEmpty()) {
            int characters = Math.min(rest.codePointCount(0, rest.length()), LONGEST);
            int end = rest.offsetByCodePoints(0, characters);
            parts.add(new Outgoing(to, from, rest.substring(0, end)));
            rest = rest.substring(end);
        }
        return parts;
    }

    /** What the sender gets back, as TwiML; nothing, when no text is set. */
    public String reply() {
        return policy.reply() == null ? Twiml.empty() : Twiml.message(policy.reply(), account.replyEvents());
    }
}
