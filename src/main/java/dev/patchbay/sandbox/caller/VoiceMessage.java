package dev.patchbay.sandbox.caller;

import dev.patchbay.sandbox.speech.WavFile;
import io.vertx.core.Future;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message that a caller has left at {@code <Record>}: what Twilio posts about it, at once to the verb's action, and after
 * the call to whoever wants to know of recording and transcription. The caller says their audio, in real time, and then
 * nothing more, which ends the message.
 */
final class VoiceMessage {

    private static final String RESOURCES = "https://api.twilio.com/2010-04-01/Accounts/";

    private final CallRequest request;
    private final Verb.Record verb;
    private final URI document;
    private final String sid = Sids.next("RE");
    private final String words;
    private final long seconds;

    /**
     * @param document where the verb came from
     * @param millis how long the caller was heard
     */
    VoiceMessage(CallRequest request, Verb.Record verb, URI document, long millis, RecordingShelf shelf) {
        this.request = request;
        this.verb = verb;
        this.document = document;
        this.seconds = (millis + 999) / 1000;
        short[] said = request.audio().samples(millis);
        this.words = shelf.words(said);
        shelf.keep(sid, WavFile.write(8000, said));
    }

    /** The fields for the action. @param hungUp whether the caller ended the message so */
    Map<String, String> left(boolean hungUp) {
        Map<String, String> fields = about();
        fields.put("RecordingDuration", Long.toString(seconds));
        if (hungUp) {
            fields.put("Digits", "hangup");
        }
        return fields;
    }

    /** Reports what is wanted, one after the other. */
    Future<Void> report(TwilioWebhooks webhooks, String callStatus) {
        return recorded(webhooks, callStatus).compose(done -> transcribed(webhooks, callStatus));
    }

    private Future<Void> recorded(TwilioWebhooks webhooks, String callStatus) {
        if (verb.recordingStatusCallback() == null) {
            return Future.succeededFuture();
        }
        Map<String, String> fields = about();
        fields.put("RecordingStatus", "completed");
        fields.put("RecordingDuration", Long.toString(seconds));
        fields.put("RecordingChannels", "1");
        fields.put("RecordingSource", "RecordVerb");
        return webhooks.event(TwilioWebhooks.resolve(document, verb.recordingStatusCallback()), callStatus, fields);
    }

    private Future<Void> transcribed(TwilioWebhooks webhooks, String callStatus) {
        if (verb.transcribeCallback() == null) {
            return Future.succeededFuture();
        }
        String transcription = Sids.next("TR");
        Map<String, String> fields = about();
        fields.put("TranscriptionSid", transcription);
        fields.put("TranscriptionUrl", RESOURCES + request.accountSid() + "/Transcriptions/" + transcription);
        fields.put("TranscriptionStatus", words.isEmpty() ? "failed" : "completed");
        fields.put("TranscriptionText", words);
        return webhooks.event(TwilioWebhooks.resolve(document, verb.transcribeCallback()), callStatus, fields);
    }

    private Map<String, String> about() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("RecordingSid", sid);
        fields.put("RecordingUrl", RESOURCES + request.accountSid() + "/Recordings/" + sid);
        return fields;
    }
}
