package dev.patchbay.provider.retell;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.store.CallEnd;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.TranscriptStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes call records with what Retell's webhooks say. Events come doubled and in any order; told again, they change
 * nothing.
 */
public final class RetellEvents {

    private static final Logger LOG = LoggerFactory.getLogger(RetellEvents.class);

    private final CallStore calls;
    private final CallEventStore events;
    private final TranscriptStore transcripts;

    public RetellEvents(CallStore calls, CallEventStore events, TranscriptStore transcripts) {
        this.calls = calls;
        this.events = events;
        this.transcripts = transcripts;
    }

    public RetellEvent read(String body) {
        return RetellEvent.read(body);
    }

    /** Takes an event; one of a call that did not come through here changes nothing. */
    public void update(RetellEvent event) {
        Optional<Call> call = calls.find(event.callId());
        if (call.isEmpty()) {
            LOG.info("Retell {} is about no call of ours", event.type());
            return;
        }
        switch (event.type()) {
            case "call_started" -> started(call.get(), event);
            case "call_ended", "call_analyzed" -> ended(call.get(), event);
            default -> LOG.debug("Retell {} changes nothing", event.type());
        }
    }

    private void started(Call call, RetellEvent event) {
        Instant at = Objects.requireNonNullElseGet(event.startedAt(), Instant::now);
        if (calls.advance(call, CallStatus.IN_PROGRESS, at)) {
            events.append(call.id(), "retell-call-started", Map.of());
        }
    }

    private void ended(Call call, RetellEvent event) {
        transcripts.put(call.id(), event.turns());
        if (calls.outcome(call.id(), event.outcome(), event.endedBy(), event.error())) {
            events.append(call.id(), "retell-" + event.type().replace('_', '-'), data(event));
        }
        // A call that runs over Twilio goes on after Retell's leg, and Twilio says how it ends.
        if (call.callSid() == null) {
            Instant at = Objects.requireNonNullElseGet(event.endedAt(), Instant::now);
            calls.complete(
                    call.id(), new CallEnd(event.finalStatus(), at, event.duration(), event.endedBy(), event.error()));
        }
    }

    private static Map<String, Object> data(RetellEvent event) {
        Map<String, Object> data = new LinkedHashMap<>();
        String reason = event.outcome().disconnectionReason();
        if (reason != null) {
            data.put("disconnection_reason", reason);
        }
        if (event.duration() != null) {
            data.put("duration", event.duration());
        }
        return data;
    }
}
