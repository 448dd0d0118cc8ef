package dev.patchbay.store;

import dev.patchbay.call.CallRegistry;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.StreamJournal;
import java.util.concurrent.Executor;

/** Opens the journal of a media stream over the stores that it writes to. */
public record CallJournals(CallStore calls, CallEventStore events, TranscriptStore transcripts) {

    /** @param worker runs what blocks */
    public StreamJournal open(AgentCall call, CallRegistry registry, MediaProperties media, Executor worker) {
        return new CallJournal(call, this, registry, media.completionGrace(), worker);
    }
}
