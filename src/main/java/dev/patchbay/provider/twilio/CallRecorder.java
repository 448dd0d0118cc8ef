package dev.patchbay.provider.twilio;

import dev.patchbay.call.Call;
import dev.patchbay.call.Direction;
import dev.patchbay.call.RecordingStatus;
import dev.patchbay.store.CustomerContexts;
import dev.patchbay.store.RecordingStore;
import dev.patchbay.twiml.Twiml;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has calls recorded as {@link RecordingPolicy} says: those that we place by their order, those that come in by the
 * document that answers them, whoever its agent is.
 */
public final class CallRecorder {

    private final RecordingPolicy policy;
    private final CustomerContexts customers;
    private final RecordingStore recordings;
    private final TwilioAccount account;

    public CallRecorder(
            RecordingPolicy policy, CustomerContexts customers, RecordingStore recordings, TwilioAccount account) {
        this.policy = policy;
        this.customers = customers;
        this.recordings = recordings;
        this.account = account;
    }

    /**
     * Whether a call that we place is recorded.
     *
     * @param ordered what the order says; null: nothing
     * @param to whom we call, E.164
     * @param context what came with the order, beside the customer's own fields
     */
    boolean records(@Nullable Boolean ordered, String to, Map<String, Object> context) {
        if (ordered != null) {
            return ordered;
        }
        if (!policy.asksTheCustomer()) {
            return policy.always();
        }
        Map<String, Object> known = new LinkedHashMap<>(customers.contextOf(to));
        known.putAll(context);
        return policy.records(known);
    }

    /**
     * The document that answers a call, with the recording begun in it when the call is to be recorded. A call that was
     * placed was ordered with its recording, and one that is interrupted or handed on is being recorded already: a second
     * recording would cost twice.
     */
    public String recorded(Call call, Map<String, Object> context, String twiml) {
        return call.direction() == Direction.INBOUND && policy.records(context) && !isBeingRecorded(call)
                ? Twiml.recorded(twiml, account.events())
                : twiml;
    }

    private boolean isBeingRecorded(Call call) {
        return recordings.list(call.id()).stream()
                .anyMatch(recording -> recording.status() == RecordingStatus.IN_PROGRESS
                        || recording.status() == RecordingStatus.PAUSED);
    }
}
