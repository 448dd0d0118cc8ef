package dev.patchbay.route;

import static dev.patchbay.trace.CallAttributes.CALL_ID;
import static dev.patchbay.trace.CallAttributes.CALL_SID;

import dev.patchbay.call.Call;
import dev.patchbay.call.Placement;
import dev.patchbay.trace.CallAttributes;
import dev.patchbay.trace.SpanFailure;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A span that an exchange is in, and the one below. The exchange carries it, so that it goes on when the exchange does on
 * another thread; copies of the exchange begin with the same.
 */
final class RouteSpan {

    private static final String PROPERTY = "patchbay.span";

    private final Object owner;
    private final Span span;
    private final @Nullable RouteSpan below;
    private boolean callIsTold;
    private @Nullable Scope entered;

    private RouteSpan(Object owner, Span span, @Nullable RouteSpan below) {
        this.owner = owner;
        this.span = span;
        this.below = below;
    }

    static @Nullable RouteSpan of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, RouteSpan.class);
    }

    /** @param owner whoever ends it: a route's id, an endpoint */
    static RouteSpan begin(Exchange exchange, Object owner, Span span) {
        RouteSpan begun = new RouteSpan(owner, span, of(exchange));
        begun.tellCall(exchange);
        exchange.setProperty(PROPERTY, begun);
        return begun;
    }

    /** Ends the last span of this owner, and what was begun in it and has not ended. */
    static void end(Exchange exchange, Object owner) {
        RouteSpan last = of(exchange);
        RouteSpan mine = last;
        while (mine != null && !mine.owner.equals(owner)) {
            mine = mine.below;
        }
        if (mine == null) {
            return;
        }
        for (RouteSpan each = last; each != null && each != mine.below; each = each.below) {
            each.tellCall(exchange);
            if (exchange.getException() != null) {
                SpanFailure.tell(each.span, exchange.getException());
            }
            each.span.end();
            if (each.entered != null) {
                each.entered.close();
            }
        }
        if (mine.below == null) {
            exchange.removeProperty(PROPERTY);
        } else {
            exchange.setProperty(PROPERTY, mine.below);
        }
    }

    /** What this thread does from now on is done in the span, until it ends or the step is over that it is about. */
    @SuppressWarnings("MustBeClosedChecker") // at its end
    void enter() {
        entered = span.makeCurrent();
    }

    Span span() {
        return span;
    }

    /** Tells which call it is about, once that is known. */
    void tellCall(Exchange exchange) {
        callIsTold = callIsTold || tellCall(span, exchange);
    }

    /** @return whether everything about it is known */
    static boolean tellCall(Span span, Exchange exchange) {
        Object known = exchange.getVariable("call");
        if ((known == null ? exchange.getMessage().getBody() : known) instanceof Call call) {
            CallAttributes.tell(span, CALL_ID, call.id());
            String sid = call.callSid() == null ? call.providerCallId() : call.callSid();
            CallAttributes.tell(span, CALL_SID, sid);
            return sid != null;
        }
        if (exchange.getVariable("callId") instanceof String id) {
            CallAttributes.tell(span, CALL_ID, id);
            CallAttributes.tell(span, CALL_SID, exchange.getVariable("callSid", String.class));
            return true;
        }
        if (exchange.getVariable("placement") instanceof Placement placement) {
            CallAttributes.tell(span, CALL_ID, placement.id());
        }
        if (exchange.getMessage().getBody() instanceof Map<?, ?> form && form.get("CallSid") instanceof String sid) {
            CallAttributes.tell(span, CALL_SID, sid);
        }
        return false;
    }
}
