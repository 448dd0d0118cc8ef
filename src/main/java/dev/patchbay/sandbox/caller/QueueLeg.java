package dev.patchbay.sandbox.caller;

import dev.patchbay.sandbox.caller.Queues.Greeting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call's time in a queue: it hears the document at the wait URL again and again, until somebody takes it, the document
 * says {@code <Leave>}, or it goes. Runs on the call's event loop.
 */
final class QueueLeg implements Queues.Party {

    /** Music, as far as a simulated caller listens to it. */
    private static final long PLAY_MILLIS = 300;

    private final Vertx vertx;
    private final Queues queues;
    private final TwilioWebhooks webhooks;
    private final Verb.Enqueue verb;
    private final CallNotes notes;
    private final Context loop;
    private final long since = System.nanoTime();
    private final Promise<String> result = Promise.promise();
    private URI document;
    private String queueSid = "";
    private boolean taken;

    /** @param document where the TwiML came from */
    QueueLeg(Vertx vertx, Queues queues, TwilioWebhooks webhooks, Verb.Enqueue verb, URI document, CallNotes notes) {
        this.vertx = vertx;
        this.queues = queues;
        this.webhooks = webhooks;
        this.verb = verb;
        this.notes = notes;
        this.loop = vertx.getOrCreateContext();
        this.document = document;
    }

    /**
     * Waits.
     *
     * @param gone the caller hangs up, or is told to do something else
     * @return the fields that tell how the waiting ended
     */
    Future<Map<String, String>> await(Future<Void> gone) {
        queueSid = queues.enter(verb.queue(), this);
        gone.onComplete(hungUp -> end("hangup"));
        if (verb.waitUrl() != null) {
            document = TwilioWebhooks.resolve(document, verb.waitUrl());
            listen().onFailure(this::failed);
        }
        return result.future().map(how -> {
            Map<String, String> fields = about();
            fields.put("QueueResult", how);
            return fields;
        });
    }

    @Override
    public void connected(Greeting greeting) {
        loop.runOnContext(now -> {
            taken = true;
            greet(greeting).onFailure(this::failed).onSuccess(heard -> result.tryComplete("bridged"));
        });
    }

    private Future<Void> greet(Greeting greeting) {
        if (greeting.document() == null) {
            return Future.succeededFuture();
        }
        document = greeting.document();
        Map<String, String> fields = about();
        fields.put("DequeingCallSid", greeting.takenBy());
        return webhooks.voice(document, "in-progress", fields).compose(script -> {
            for (Verb heard : script.verbs()) {
                notes.verbs.add(heard.name());
                if (heard instanceof Verb.Say say) {
                    notes.said.add(say.text());
                } else if (!List.of("Play", "Pause", "Redirect").contains(heard.name())) {
                    notes.violation(13201, heard.name() + " is not allowed before both sides are connected");
                }
            }
            return Future.succeededFuture();
        });
    }

    private Future<Void> listen() {
        Queues.Place place = queues.place(verb.queue(), this);
        if (place == null || isOver()) {
            return Future.succeededFuture();
        }
        Map<String, String> fields = about();
        fields.put("QueuePosition", Integer.toString(place.position()));
        fields.put("CurrentQueueSize", Integer.toString(place.size()));
        fields.put("AvgQueueTime", seconds());
        return webhooks.voice(document, "in-progress", fields)
                .compose(script -> follow(script.verbs(), 0))
                .compose(heard -> listen());
    }

    private Future<Void> follow(List<Verb> verbs, int index) {
        if (index == verbs.size() || isOver()) {
            return rest(1);
        }
        Verb verb = verbs.get(index);
        notes.verbs.add(verb.name());
        if (verb instanceof Verb.Leave) {
            end("leave");
        } else if (verb instanceof Verb.Hangup) {
            end("hangup");
        } else if (verb instanceof Verb.Redirect redirect) {
            document = TwilioWebhooks.resolve(document, redirect.url());
            return Future.succeededFuture();
        } else if (verb instanceof Verb.Say say) {
            notes.said.add(say.text());
        } else if (verb instanceof Verb.Pause pause) {
            return rest(pause.seconds() * 1000L).compose(over -> follow(verbs, index + 1));
        } else if (verb.name().equals("Play")) {
            return rest(PLAY_MILLIS).compose(over -> follow(verbs, index + 1));
        } else {
            notes.violation(13201, verb.name() + " is not allowed while a caller waits");
        }
        return follow(verbs, index + 1);
    }

    private boolean isOver() {
        return taken || result.future().isComplete();
    }

    private Future<Void> rest(long millis) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(Math.max(1, millis), id -> over.tryComplete());
        result.future().onComplete(end -> over.tryComplete());
        return over.future();
    }

    private void end(String how) {
        queues.leave(verb.queue(), this);
        result.tryComplete(how);
    }

    private void failed(Throwable fault) {
        notes.violation(CallNotes.violationOf(fault));
        end("system-error");
    }

    private Map<String, String> about() {
        Map<String, String> fields = new HashMap<>();
        fields.put("QueueSid", queueSid);
        fields.put("QueueTime", seconds());
        return fields;
    }

    private String seconds() {
        return Long.toString((System.nanoTime() - since) / 1_000_000_000);
    }

    /**
     * Somebody takes the next caller.
     *
     * @param greeting the document at the verb's URL; null: none
     * @return false when no caller came in time, or whoever wanted one hung up before
     */
    static Future<Boolean> take(
            Vertx vertx,
            Queues queues,
            Verb.DialQueue verb,
            @Nullable URI greeting,
            String callSid,
            Future<Void> gone) {
        Context loop = vertx.getOrCreateContext();
        Promise<Boolean> taken = Promise.promise();
        Queues.Party taker = heard -> loop.runOnContext(now -> taken.tryComplete(true));
        queues.take(verb.queue(), taker, new Greeting(greeting, callSid));
        long patience = vertx.setTimer(Math.max(1, verb.timeout() * 1000L), id -> giveUp(queues, verb, taker, taken));
        gone.onComplete(hungUp -> giveUp(queues, verb, taker, taken));
        return taken.future().onComplete(over -> vertx.cancelTimer(patience));
    }

    private static void giveUp(Queues queues, Verb.DialQueue verb, Queues.Party taker, Promise<Boolean> taken) {
        if (queues.leave(verb.queue(), taker)) {
            taken.tryComplete(false);
        }
    }
}
