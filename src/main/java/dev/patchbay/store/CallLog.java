package dev.patchbay.store;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallJson;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The call log as the REST API shows it (DESIGN section 5, "Shapes"). {@code limit} is 1 to 200, 50 when not given. */
public final class CallLog {

    private final CallStore calls;
    private final CallEventStore events;
    private final TranscriptStore transcripts;

    public CallLog(CallStore calls, CallEventStore events, TranscriptStore transcripts) {
        this.calls = calls;
        this.events = events;
        this.transcripts = transcripts;
    }

    /** Calls, newest first. */
    public Map<String, @Nullable Object> list(@Nullable String cursor, @Nullable String limit) {
        ListQuery query = ListQuery.of(cursor, limit);
        return ListQuery.shape("calls", calls.list(query.cursor(), query.limit()), CallJson::of);
    }

    /** One call, by our id or the provider's. */
    public Map<String, @Nullable Object> get(String id) {
        return CallJson.of(find(id));
    }

    /** What happened in a call, oldest first. */
    public Map<String, @Nullable Object> events(String id, @Nullable String cursor, @Nullable String limit) {
        ListQuery query = ListQuery.of(cursor, limit);
        return ListQuery.shape("events", events.list(find(id).id(), query.cursor(), query.limit()), CallJson::of);
    }

    /** What was said in a call, oldest first. */
    public Map<String, @Nullable Object> transcript(String id, @Nullable String cursor, @Nullable String limit) {
        ListQuery query = ListQuery.of(cursor, limit);
        String callId = find(id).id();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("call_id", callId);
        json.putAll(ListQuery.shape("turns", transcripts.list(callId, query.cursor(), query.limit()), CallJson::of));
        return json;
    }

    private Call find(String id) {
        return calls.find(id).orElseThrow(() -> new PatchbayException(ErrorCategory.NOT_FOUND, null, "No call " + id));
    }
}
