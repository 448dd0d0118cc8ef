package dev.patchbay.store;

import dev.patchbay.call.CallRegistry;
import dev.patchbay.call.CallRegistry.LegEnd;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.StreamEnd;
import dev.patchbay.media.StreamJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what happens in one media stream: each entry is written by a worker thread, one after the other. */
final class CallJournal implements StreamJournal {

    private static final Logger LOG = LoggerFactory.getLogger(CallJournal.class);

    /** How long a call may go on without us after it was moved on: as long as a call can last at all. */
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    private final AgentCall call;
    private final CallJournals stores;
    private final CallRegistry registry;
    private final Duration grace;
    private final Executor worker;
    private CompletableFuture<@Nullable Void> written = CompletableFuture.completedFuture(null);

    CallJournal(AgentCall call, CallJournals stores, CallRegistry registry, Duration grace, Executor worker) {
        this.call = call;
        this.stores = stores;
        this.registry = registry;
        this.grace = grace;
        this.worker = worker;
    }

    @Override
    public void event(String type, Map<String, Object> data) {
        write(() -> stores.events().append(call.callId(), type, data));
    }

    @Override
    public void conversation(String providerCallId) {
        write(() -> stores.calls().providerCall(call.callId(), providerCallId));
    }

    @Override
    public void said(String role, String text) {
        Instant at = Instant.now();
        write(() -> stores.transcripts().append(call.callId(), role, text, at));
    }

    @Override
    public void corrected(String original, String corrected) {
        write(() -> stores.transcripts().correct(call.callId(), original, corrected));
    }

    @Override
    public void ended(StreamEnd end, MediaFigures figures) {
        String endedBy = registry.legEnded(
                        call.callSid(), new LegEnd(end.endedBy(), call.agent().id()))
                .endedBy();
        write(() -> stores.calls().media(call.callId(), figures, endedBy, end.error()));
        Map<String, Object> data = new LinkedHashMap<>();
        putIfKnown(data, "ended_by", endedBy);
        putIfKnown(data, "error", end.error());
        data.put("frames_in", figures.framesIn());
        data.put("frames_out", figures.framesOut());
        data.put("dropped", figures.dropped());
        data.put("late", figures.late());
        putIfKnown(data, "first_audio_ms", figures.firstAudioMs());
        event("media-ended", data);
        LOG.info(
                "Call {}: media ended by {} {}",
                call.callId(),
                end.isMovedOn() ? "nobody, the call goes on" : endedBy,
                end.error() == null ? "" : end.error());
        Duration patience = end.isMovedOn() ? LONGEST_CALL : grace;
        registry.completeAfter(call.callSid(), patience, () -> stores.calls()
                .complete(call.callId(), new CallEnd(CallStatus.COMPLETED, Instant.now(), null, endedBy, end.error())));
    }

    private static void putIfKnown(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }

    private void write(Runnable entry) {
        written = written.thenRunAsync(entry, worker).exceptionally(e -> {
            LOG.error("Call {}: an entry could not be stored", call.callId(), e);
            return null;
        });
    }
}
