package dev.patchbay.sandbox.caller;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * The called side of {@code <Dial><Number url>}: it hears the document at the URL, and may answer it, before both sides are
 * connected. Runs on the event loop of the call that dials.
 */
final class CalledPhone {

    private static final int MOST_REDIRECTS = 20;

    private final TwilioWebhooks webhooks;
    private final CallNotes notes;
    private final CallerAnswers answers;
    private final String callSid = Sids.next("CA");
    private URI document;
    private int redirects;

    /**
     * @param dialling the call that dials
     * @param parentSid its CallSid
     * @param notes of that call
     */
    CalledPhone(HttpClient http, CallRequest dialling, String parentSid, String number, URI url, CallNotes notes) {
        CallRequest dialled = new CallRequest(
                dialling.from(),
                number,
                dialling.audio(),
                dialling.gateway(),
                dialling.voicePath(),
                dialling.statusPath(),
                dialling.accountSid(),
                dialling.authToken(),
                Map.of("ParentCallSid", parentSid, "Direction", "outbound-dial"),
                dialling.behaviour(),
                null,
                null);
        this.webhooks = new TwilioWebhooks(http, dialled, callSid);
        this.notes = notes;
        this.answers = new CallerAnswers(Phone.of(number).answers());
        this.document = url;
    }

    String callSid() {
        return callSid;
    }

    /** Whether both sides are connected in the end: at the end of the TwiML, unless it hangs up. */
    Future<Boolean> listen() {
        return goOn("", Map.of());
    }

    private Future<Boolean> goOn(String url, Map<String, String> fields) {
        if (++redirects > MOST_REDIRECTS) {
            return Future.succeededFuture(false);
        }
        document = TwilioWebhooks.resolve(document, url);
        return webhooks.voice(document, "in-progress", fields).compose(script -> follow(script.verbs()));
    }

    private Future<Boolean> follow(List<Verb> verbs) {
        for (Verb verb : verbs) {
            if (verb instanceof Verb.Hangup || verb instanceof Verb.Reject) {
                return Future.succeededFuture(false);
            }
            if (verb instanceof Verb.Redirect redirect) {
                return goOn(redirect.url(), Map.of());
            }
            if (verb instanceof Verb.Say say) {
                notes.whispered.add(say.text());
            } else if (verb instanceof Verb.Gather gather) {
                notes.whispered.addAll(gather.said());
                Map<String, String> answer = answers.to(gather);
                if (!answer.isEmpty()) {
                    return goOn(gather.target(), answer);
                }
            } else if (verb instanceof Verb.Dial || verb instanceof Verb.ConnectStream) {
                notes.violation(13201, verb.name() + " is not allowed before both sides are connected");
                return Future.succeededFuture(false);
            }
        }
        return Future.succeededFuture(true);
    }
}
