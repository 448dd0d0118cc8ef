package dev.patchbay.call;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that happened to a call.
 *
 * @param id a ULID, in the order the events were stored
 * @param callId our id of the call
 * @param type what happened, {@code status.ringing} for example
 * @param data JSON-ready details; values may be null
 */
public record CallEvent(String id, String callId, String type, Instant at, Map<String, Object> data) {

    public CallEvent {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
}
