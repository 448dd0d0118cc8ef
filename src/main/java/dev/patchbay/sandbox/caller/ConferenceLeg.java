package dev.patchbay.sandbox.caller;

import dev.patchbay.sandbox.caller.Conferences.View;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One call's time in a conference: it stays until it has said what it has to say to somebody else, or the conference ends.
 * Runs on the call's event loop.
 */
final class ConferenceLeg implements Conferences.Member {

    private final Vertx vertx;
    private final Conferences conferences;
    private final TwilioWebhooks webhooks;
    private final Verb.DialConference verb;
    private final URI document;
    private final String callSid;
    private final long talkMillis;
    private final Consumer<Throwable> fault;
    private final Context loop;
    private final Promise<Void> over = Promise.promise();
    private boolean talking;
    private int sequence;

    /**
     * @param document where the TwiML came from
     * @param talkMillis how long it talks once somebody else is there
     * @param fault takes what goes wrong with an event
     */
    ConferenceLeg(
            Vertx vertx,
            Conferences conferences,
            TwilioWebhooks webhooks,
            Verb.DialConference verb,
            URI document,
            String callSid,
            long talkMillis,
            Consumer<Throwable> fault) {
        this.vertx = vertx;
        this.conferences = conferences;
        this.webhooks = webhooks;
        this.verb = verb;
        this.document = document;
        this.callSid = callSid;
        this.talkMillis = talkMillis;
        this.fault = fault;
        this.loop = vertx.getOrCreateContext();
    }

    /** Completes when the call has left. @param gone the caller hangs up, or is told to do something else */
    Future<Void> stay(Future<Void> gone) {
        View coming = conferences.enter(verb.conference(), this);
        gone.onComplete(hungUp -> over.tryComplete());
        if (coming.others() > 0) {
            talk();
        }
        if (coming.others() == 1) {
            event(coming, "start", "conference-start");
        }
        event(coming, "join", "participant-join");
        return over.future().compose(left -> {
            View going = conferences.leave(verb.conference(), this, verb.endsOnExit());
            View seen = new View(coming.sid(), going.others());
            return event(seen, "leave", "participant-leave")
                    .compose(done -> going.others() == 0 || verb.endsOnExit()
                            ? event(seen, "end", "conference-end")
                            : Future.succeededFuture());
        });
    }

    @Override
    public void joined() {
        loop.runOnContext(now -> talk());
    }

    @Override
    public void over() {
        loop.runOnContext(now -> over.tryComplete());
    }

    private void talk() {
        if (!talking) {
            talking = true;
            vertx.setTimer(Math.max(1, talkMillis), id -> over.tryComplete());
        }
    }

    private Future<Void> event(View view, String kind, String event) {
        if (verb.statusCallback() == null || !verb.reports(kind)) {
            return Future.succeededFuture();
        }
        Map<String, String> fields = new HashMap<>();
        fields.put("ConferenceSid", view.sid());
        fields.put("FriendlyName", verb.conference());
        fields.put("StatusCallbackEvent", event);
        fields.put("SequenceNumber", Integer.toString(++sequence));
        if (event.startsWith("participant-")) {
            fields.put("CallSid", callSid);
            fields.put("Muted", "false");
            fields.put("Hold", "false");
        }
        return webhooks.conferenceEvent(TwilioWebhooks.resolve(document, verb.statusCallback()), fields)
                .recover(failure -> {
                    fault.accept(failure);
                    return Future.succeededFuture();
                });
    }
}
