package dev.patchbay.recipe;

import dev.patchbay.call.Call;
import dev.patchbay.call.Direction;
import dev.patchbay.call.PhoneNumber;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.Deliveries;
import org.jspecify.annotations.Nullable;

/** Who called and reached nobody. A bean of {@code routes/recipe/missed-call}; its methods block: for worker threads only. */
public final class MissedCalls {

    /** Noted when a caller has left a message: see {@code routes/recipe/voicemail}. */
    private static final String MESSAGE_LEFT = "message-left";

    private static final int MOST_EVENTS = 200;

    private final CallEventStore events;
    private final Deliveries deliveries;

    public MissedCalls(CallEventStore events, Deliveries deliveries) {
        this.events = events;
        this.deliveries = deliveries;
    }

    /**
     * Whether the caller has missed us, and was not told so today: somebody with a number, whose call is over, and whom no
     * agent has answered, no human, and no voicemail.
     *
     * @return true once a day for one caller, however often they call and however often the end of a call is told
     */
    public boolean isNews(Call call) {
        return call.direction() == Direction.INBOUND
                && call.status().isTerminal()
                && call.answeredAt() == null
                && isNumber(call.from())
                && !hasLeftAMessage(call)
                && deliveries.isFirst("missed-call:" + call.from());
    }

    private boolean hasLeftAMessage(Call call) {
        return events.list(call.id(), null, MOST_EVENTS).items().stream()
                .anyMatch(event -> event.type().equals(MESSAGE_LEFT));
    }

    private static boolean isNumber(@Nullable String from) {
        try {
            return from != null && PhoneNumber.parse(from).equals(from);
        } catch (IllegalArgumentException e) {
            return false; // anonymous, client:ada, a SIP address
        }
    }
}
