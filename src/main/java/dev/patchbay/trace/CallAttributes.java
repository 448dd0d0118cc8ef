package dev.patchbay.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which call a span is about. */
public final class CallAttributes {

    /** Our id of the call. */
    public static final AttributeKey<String> CALL_ID = AttributeKey.stringKey("call.id");

    /** The id of whoever carries the call: Twilio's CallSid, or Retell's call_id where there is none. */
    public static final AttributeKey<String> CALL_SID = AttributeKey.stringKey("call.sid");

    /** Ids come from outside too; what does not look like one stays there. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private CallAttributes() {}

    /** Tells an id, if it is one. */
    public static void tell(Span span, AttributeKey<String> key, @Nullable String id) {
        if (id != null && ID.matcher(id).matches()) {
            span.setAttribute(key, id);
        }
    }
}
