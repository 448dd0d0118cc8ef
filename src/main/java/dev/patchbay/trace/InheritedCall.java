package dev.patchbay.trace;

import static dev.patchbay.trace.CallAttributes.CALL_ID;
import static dev.patchbay.trace.CallAttributes.CALL_SID;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** A span is about the call that its parent is about. */
final class InheritedCall implements SpanProcessor {

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        if (Span.fromContextOrNull(parent) instanceof ReadableSpan known) {
            copy(CALL_ID, known, span);
            copy(CALL_SID, known, span);
        }
    }

    private static void copy(AttributeKey<String> key, ReadableSpan from, ReadWriteSpan to) {
        String value = from.getAttribute(key);
        if (value != null) {
            to.setAttribute(key, value);
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // What it is about has been said.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
