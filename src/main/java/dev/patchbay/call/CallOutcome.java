package dev.patchbay.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent's provider says about a call once it is over.
 *
 * @param disconnectionReason why the agent's leg ended, in the provider's word: {@code user_hangup}, {@code error_asr};
 *     null while nothing is known
 * @param analysis what the provider made of the conversation (summary, success, ...), JSON-ready in its own names; empty
 *     while there is none
 */
public record CallOutcome(@Nullable String disconnectionReason, Map<String, Object> analysis) {

    /** Nothing is known. */
    public static final CallOutcome NONE = new CallOutcome(null, Map.of());

    public CallOutcome {
        analysis = Collections.unmodifiableMap(new LinkedHashMap<>(analysis));
    }
}
