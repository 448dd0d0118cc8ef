package dev.patchbay.recipe;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.PhoneNumber;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CustomerContexts;
import dev.patchbay.store.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which person a call is offered to, and whether somebody took it. A bean of {@code routes/recipe/transfer}. The call's
 * events are all it remembers by, so it goes on after a restart and on another gateway. All methods block: for worker
 * threads only.
 */
public final class Transfers {

    private static final String WANTED = "transfer-wanted";
    private static final String OFFERED = "transfer-offered";
    private static final String ACCEPTED = "transfer-accepted";
    private static final String CONNECTED = "transfer-connected";
    private static final String FAILED = "transfer-failed";
    private static final String REASON = "reason";

    /** Of what is whispered, in characters: the caller waits meanwhile. */
    private static final int LONGEST_REASON = 200;

    /** A key that is pressed again within this time is the same wish. */
    private static final Duration SAME_WISH = Duration.ofSeconds(10);

    private static final int MOST_EVENTS = 1_000;

    private final CallEventStore events;

    public Transfers(CallEventStore events) {
        this.events = events;
    }

    /**
     * The caller is to be connected to a person, from the top of the list.
     *
     * @param reason in the agent's words; null or anything else than a text: none
     * @return false when that has begun a moment ago
     */
    public boolean begins(Call call, @Nullable Object reason) {
        List<CallEvent> story = sinceWanted(call);
        CallEvent last = story.isEmpty() ? null : story.get(story.size() - 1);
        if (last != null
                && last.type().equals(WANTED)
                && last.at().plus(SAME_WISH).isAfter(Instant.now())) {
            return false;
        }
        String why = reason instanceof String text ? text.strip() : "";
        tell(
                call,
                WANTED,
                why.isEmpty()
                        ? Map.of()
                        : Map.of(REASON, why.substring(0, why.offsetByCodePoints(0, characters(why)))));
        return true;
    }

    /** The number of the person whom the call is offered to next; null when everybody was asked. */
    public @Nullable String next(Call call, PhoneList people) {
        long offered = sinceWanted(call).stream()
                .filter(event -> event.type().equals(OFFERED))
                .count();
        if (offered >= people.size()) {
            tell(call, FAILED, Map.of("offered", offered));
            return null;
        }
        int attempt = (int) offered + 1;
        tell(call, OFFERED, Map.of("attempt", attempt));
        return people.number(attempt);
    }

    /**
     * Who calls, and why, as the person hears it: {@code Ada Example, about a broken lamp}; the digits of the number where
     * nobody knows the name.
     *
     * @param context what agents are told of the caller
     */
    public String caller(Call call, Map<String, Object> context) {
        Object name = context.get("name");
        String who =
                name == null || name.equals(CustomerContexts.UNKNOWN_NAME) ? number(call.customer()) : name.toString();
        return sinceWanted(call).stream()
                .map(event -> event.data().get(REASON))
                .filter(String.class::isInstance)
                .findFirst()
                .map(reason -> who + ", about: " + reason)
                .orElse(who);
    }

    /** The person who was rung presses a key. @return whether it takes the call */
    public boolean accepted(Call call, Map<String, String> form) {
        boolean accepted = "1".equals(form.get("Digits"));
        if (accepted) {
            tell(call, ACCEPTED, Map.of());
        }
        return accepted;
    }

    /**
     * Whether a {@code <Dial>} that has ended had connected the caller. Twilio calls it completed when anything has picked
     * up, an answering machine too: only who pressed the key was a person.
     */
    public boolean isConnected(Call call, Map<String, String> form) {
        List<String> story = sinceWanted(call).stream().map(CallEvent::type).toList();
        boolean connected = story.lastIndexOf(ACCEPTED) > story.lastIndexOf(OFFERED)
                && form.getOrDefault("DialCallStatus", "").matches("completed|answered")
                && !"false".equals(form.get("DialBridged"));
        if (connected) {
            tell(call, CONNECTED, Map.of());
        }
        return connected;
    }

    /** The phone provider has not taken the call away from its agent. */
    public void failed(Call call) {
        tell(call, FAILED, Map.of("offered", 0));
    }

    private void tell(Call call, String type, Map<String, Object> data) {
        events.append(call.id(), type, data);
    }

    /** What happened since the caller was last to be connected. */
    private List<CallEvent> sinceWanted(Call call) {
        List<CallEvent> story = new ArrayList<>();
        String cursor = null;
        do {
            Page<CallEvent> page = events.list(call.id(), cursor, MOST_EVENTS);
            for (CallEvent event : page.items()) {
                if (event.type().equals(WANTED)) {
                    story.clear();
                }
                if (event.type().startsWith("transfer-")) {
                    story.add(event);
                }
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return story;
    }

    private static int characters(String text) {
        return Math.min(text.codePointCount(0, text.length()), LONGEST_REASON);
    }

    /** {@code +1415} spoken: {@code plus 1 4 1 5}. */
    private static String number(@Nullable String from) {
        try {
            return "plus "
                    + String.join(
                            " ",
                            PhoneNumber.parse(String.valueOf(from)).substring(1).split(""));
        } catch (IllegalArgumentException e) {
            return "somebody without a number"; // anonymous, client:ada, a SIP address
        }
    }
}
