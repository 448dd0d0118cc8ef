package dev.patchbay.sandbox.caller;

import dev.patchbay.sandbox.caller.CallReport.Ended;
import dev.patchbay.sandbox.caller.CallReport.Recording;
import dev.patchbay.sandbox.speech.Echo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call from the voice webhook to the status callback: follows TwiML as Twilio does. Runs on one event loop. */
final class SimulatedCall {
    private static final int MOST_REDIRECTS = 20;
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

    private final Vertx vertx;
    private final HttpClient http;
    private final WebSocketClient streams;
    private final Switchboard switchboard;
    private final CallRequest request;
    private final String callSid;
    private final TwilioWebhooks webhooks;
    private final CallClock clock = new CallClock();
    private final PlaybackBuffer playback = new PlaybackBuffer();
    private final CallNotes notes = new CallNotes();
    private final CallerAnswers answers;
    private final List<VoiceMessage> messages = new ArrayList<>();
    private final Promise<Void> gone = Promise.promise();
    private final List<CallRecording> recordings = new ArrayList<>();
    private URI document;
    private long answeredNanos;
    private int redirects;
    private int sequence;
    private volatile String status;
    private @Nullable SimulatedStream stream;
    private @Nullable Promise<Void> pause;
    private @Nullable Promise<Void> together;
    private @Nullable Instruction next;

    /** What the gateway tells a call to go on with: a document, or where there is one. */
    record Instruction(@Nullable String twiml, @Nullable String url) {}

    SimulatedCall(Vertx vertx, HttpClient http, WebSocketClient streams, Switchboard switchboard, CallRequest request) {
        this.vertx = vertx;
        this.http = http;
        this.streams = streams;
        this.switchboard = switchboard;
        this.request = request;
        OutboundLeg outbound = request.outbound();
        this.callSid = outbound == null
                ? Objects.requireNonNullElseGet(request.callSid(), () -> Sids.next("CA"))
                : outbound.callSid();
        this.status = outbound == null ? "ringing" : "queued";
        this.webhooks = new TwilioWebhooks(http, request, callSid);
        this.document = request.gateway().resolve(request.voicePath());
        this.answers = new CallerAnswers(request.behaviour().answers());
    }

    String callSid() {
        return callSid;
    }

    /** In Twilio's words. */
    String status() {
        return status;
    }

    /** The gateway ends the call. Runs on the call's event loop. */
    void end() {
        gone.tryComplete();
    }

    /** The gateway interrupts what is going on with something else. Runs on the call's event loop. */
    void goOnWith(Instruction instruction) {
        next = instruction;
        if (stream != null) {
            stream.hangUp();
        }
        if (pause != null) {
            pause.tryComplete();
        }
        if (together != null) {
            together.tryComplete();
        }
    }

    Future<CallReport> run() {
        long asked = System.nanoTime();
        answeredNanos = asked;
        OutboundLeg outbound = request.outbound();
        if (outbound != null && !outbound.outcome().equals("completed")) {
            return progress("initiated").compose(done -> progress("ringing")).compose(done -> {
                status = outbound.outcome();
                return finish(Ended.NOT_ANSWERED);
            });
        }
        return answer(outbound)
                .compose(script -> {
                    status = "in-progress";
                    notes.twimlMillis = millisSince(asked);
                    answeredNanos = System.nanoTime();
                    long patience = vertx.setTimer(
                            Math.max(1, request.behaviour().patienceMillis(request.audio())), id -> gone.tryComplete());
                    Future<Ended> end = request.behaviour().followsTwiml()
                            ? follow(script.verbs(), 0)
                            : gone.future().map(Ended.CALLER);
                    return end.onComplete(done -> vertx.cancelTimer(patience));
                })
                .recover(this::failed)
                .compose(this::finish);
    }

    /** The first document: of somebody who calls, or of somebody who was called and has picked up. */
    private Future<TwimlScript> answer(@Nullable OutboundLeg outbound) {
        if (outbound == null) {
            return webhooks.voice(document, "ringing", Map.of());
        }
        return progress("initiated")
                .compose(done -> progress("ringing"))
                .compose(done -> progress("in-progress"))
                .compose(done -> detected(outbound))
                .compose(done -> outbound.twiml() == null
                        ? webhooks.voice(document, "in-progress", Map.of())
                        : script(outbound.twiml()));
    }

    private Future<Void> progress(String now) {
        status = now;
        return report(
                now,
                Map.of(
                        "SequenceNumber", Integer.toString(sequence++),
                        "CallbackSource", "call-progress-events",
                        "Timestamp", timestamp()));
    }

    private Future<Void> detected(OutboundLeg outbound) {
        return outbound.answeredBy() == null
                ? Future.succeededFuture()
                : report("in-progress", Map.of("AnsweredBy", outbound.answeredBy(), "MachineDetectionDuration", "900"));
    }

    private Future<Void> report(String now, Map<String, String> fields) {
        return webhooks.event(request.gateway().resolve(request.statusPath()), now, fields)
                .recover(fault -> {
                    note(fault);
                    return Future.succeededFuture();
                });
    }

    private static Future<TwimlScript> script(String twiml) {
        try {
            return Future.succeededFuture(TwimlScript.parse(twiml.getBytes(StandardCharsets.UTF_8)));
        } catch (TwimlException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Ended> follow(List<Verb> verbs, int index) {
        if (gone.future().isComplete()) {
            return Future.succeededFuture(Ended.CALLER);
        }
        Instruction instruction = next;
        if (instruction != null) {
            next = null;
            return instruction.twiml() == null
                    ? goOn(String.valueOf(instruction.url()), Map.of())
                    : script(instruction.twiml()).compose(script -> follow(script.verbs(), 0));
        }
        if (index == verbs.size()) {
            return Future.succeededFuture(Ended.END_OF_TWIML);
        }
        Verb verb = verbs.get(index);
        notes.verbs.add(verb.name());
        if (verb instanceof Verb.Hangup) {
            return Future.succeededFuture(Ended.HANGUP);
        }
        if (verb instanceof Verb.Reject reject) {
            status = reject.reason().equals("busy") ? "busy" : "no-answer";
            return Future.succeededFuture(Ended.REJECT);
        }
        if (verb instanceof Verb.Redirect redirect) {
            return goOn(redirect.url(), Map.of());
        }
        if (verb instanceof Verb.Dial dial) {
            notes.dialled.add(dial.target());
            return ring(dial)
                    .compose(dialled -> dial.action() == null || next != null
                            ? follow(verbs, index + 1)
                            : goOn(dial.action(), dialled));
        } else if (verb instanceof Verb.DialConference conference) {
            return confer(conference)
                    .compose(left -> goOnAfter(conference.action(), dialled("completed", true, ""), verbs, index));
        } else if (verb instanceof Verb.DialQueue queue) {
            URI greeting = queue.url() == null ? null : TwilioWebhooks.resolve(document, queue.url());
            return QueueLeg.take(vertx, switchboard.queues(), queue, greeting, callSid, interruption())
                    .compose(taken -> taken ? talk().map(true) : Future.succeededFuture(false))
                    .map(taken -> dialled(taken ? "completed" : "no-answer", taken, Sids.next("CA")))
                    .compose(dialled -> goOnAfter(queue.action(), dialled, verbs, index));
        } else if (verb instanceof Verb.Enqueue queue) {
            return new QueueLeg(vertx, switchboard.queues(), webhooks, queue, document, notes)
                    .await(interruption())
                    .compose(result -> "bridged".equals(result.get("QueueResult"))
                            ? talk().map(result)
                            : Future.succeededFuture(result))
                    .compose(result -> goOnAfter(queue.action(), result, verbs, index));
        } else if (verb instanceof Verb.Say say) {
            notes.said.add(say.text());
        } else if (verb instanceof Verb.Gather gather) {
            notes.said.addAll(gather.said());
            Map<String, String> answer = answers.to(gather);
            if (!answer.isEmpty()) {
                answer.getOrDefault("Digits", "").chars().forEach(key -> notes.dtmf.add(Character.toString(key)));
                return goOn(gather.target(), answer);
            }
        } else if (verb instanceof Verb.Record message) {
            return leaveMessage(message, verbs, index);
        } else if (verb instanceof Verb.Play play) {
            return play(play).compose(over -> follow(verbs, index + 1));
        } else if (verb instanceof Verb.StartRecording start) {
            return record(start).compose(over -> follow(verbs, index + 1));
        } else if (verb instanceof Verb.Pause pause) {
            return pause(pause.seconds() * 1000L).compose(over -> follow(verbs, index + 1));
        } else if (verb instanceof Verb.ConnectStream stream) {
            return stream(stream).compose(over -> follow(verbs, index + 1));
        }
        return follow(verbs, index + 1);
    }

    /** Who has hung up meanwhile, or is told to do something else, is not asked for the action. */
    private Future<Ended> goOnAfter(@Nullable String action, Map<String, String> fields, List<Verb> verbs, int index) {
        return action == null || gone.future().isComplete() || next != null
                ? follow(verbs, index + 1)
                : goOn(action, fields);
    }

    /** Completes when the caller hangs up, or is told to do something else. */
    private Future<Void> interruption() {
        Promise<Void> interrupted = Promise.promise();
        together = interrupted;
        gone.future().onComplete(hungUp -> interrupted.tryComplete());
        return interrupted.future();
    }

    private Future<Void> confer(Verb.DialConference conference) {
        return new ConferenceLeg(
                        vertx,
                        switchboard.conferences(),
                        webhooks,
                        conference,
                        document,
                        callSid,
                        request.audio().millis(),
                        this::note)
                .stay(interruption());
    }

    private Future<Ended> goOn(String url, Map<String, String> fields) {
        if (++redirects > MOST_REDIRECTS) {
            return Future.succeededFuture(Ended.REDIRECT_LOOP);
        }
        document = TwilioWebhooks.resolve(document, url);
        return webhooks.voice(document, "in-progress", fields).compose(script -> follow(script.verbs(), 0));
    }

    /**
     * A number is answered as its phone does, or else as the behaviour says; so is a SIP address that is not reached.
     *
     * @return the fields that tell how that leg ended
     */
    private Future<Map<String, String>> ring(Verb.Dial dial) {
        Phone phone = Phone.of(dial.target());
        String status =
                phone.isSpecial() ? phone.outcome() : request.behaviour().dialCallStatus();
        if (!status.equals("completed")) {
            return Future.succeededFuture(dialled(status, false, Sids.next("CA")));
        }
        if (dial.target().startsWith("sip:")) {
            return switchboard
                    .phones()
                    .dial(dial.target(), callSid)
                    .map(end -> dialled(end, end.equals("completed"), Sids.next("CA")));
        }
        if (dial.url() != null) {
            URI url = TwilioWebhooks.resolve(document, dial.url());
            CalledPhone called = new CalledPhone(http, request, callSid, dial.target(), url, notes);
            // A called side that hangs up before it is connected was answered, and counts as completed all the same.
            return called.listen()
                    .recover(fault -> {
                        note(fault);
                        return Future.succeededFuture(false);
                    })
                    .compose(bridged -> (bridged ? talk() : Future.<Void>succeededFuture())
                            .map(dialled(status, bridged, called.callSid())));
        }
        return talk().map(dialled(status, true, Sids.next("CA")));
    }

    private Future<Void> talk() {
        return pause(request.behaviour().dialTalksFor().toMillis());
    }

    /** Takes no time, like {@code <Say>}, but is fetched as Twilio does; what is on another machine is left there. */
    private Future<Void> play(Verb.Play verb) {
        URI url = document.resolve(verb.url());
        if (!Loopback.isHere(url)) {
            return Future.succeededFuture();
        }
        return webhooks.sound(url)
                .onSuccess(bytes -> notes.played.add(url.toString()))
                .<Void>mapEmpty()
                .recover(fault -> {
                    note(fault);
                    return Future.succeededFuture();
                });
    }

    private Future<Void> record(Verb.StartRecording verb) {
        CallRecording recording = CallRecording.begin(
                "StartCallRecordingAPI",
                verb.callback() == null
                        ? null
                        : TwilioWebhooks.resolve(document, verb.callback()).toString(),
                verb.events());
        recordings.add(recording);
        notes.recordings.add(recording.sid());
        return tell(recording, "in-progress", recording.event("in-progress"));
    }

    private Future<Void> tell(CallRecording recording, String status, Map<String, String> event) {
        String callback = recording.callback();
        if (callback == null || !recording.tells(status)) {
            return Future.succeededFuture();
        }
        return webhooks.report(URI.create(callback), event).recover(fault -> {
            note(fault);
            return Future.succeededFuture();
        });
    }

    /** The recordings of a call are ready when it is over. */
    private Future<CallReport> keepRecordings(CallReport report) {
        Future<Void> told = Future.succeededFuture();
        for (CallRecording recording : recordings) {
            switchboard.shelf().keep(recording.sid(), report.stereoWav());
            told = told.compose(before -> tell(recording, "completed", recording.completed(report)));
        }
        return told.map(report);
    }

    private static Map<String, String> dialled(String status, boolean bridged, String sid) {
        return Map.of(
                "DialCallStatus",
                status,
                "DialBridged",
                Boolean.toString(bridged),
                "DialCallSid",
                sid,
                "DialCallDuration",
                "0");
    }

    /** Says what there is to say; who hangs up or is interrupted meanwhile has left what was said by then. */
    private Future<Ended> leaveMessage(Verb.Record verb, List<Verb> verbs, int index) {
        long most = Math.min(request.audio().millis(), verb.maxLength() * 1000L);
        boolean late = request.behaviour().speaksAfter().toSeconds() >= verb.timeout();
        if (late || most == 0 || request.audio().isSilent()) {
            return follow(verbs, index + 1);
        }
        long begun = System.nanoTime();
        return pause(most).compose(over -> {
            boolean hungUp = gone.future().isComplete();
            long heard = hungUp || next != null ? Math.min(most, millisSince(begun)) : most;
            VoiceMessage message = new VoiceMessage(request, verb, document, heard, switchboard.shelf());
            messages.add(message);
            if (hungUp) {
                // Twilio asks all the same, and nobody hears the answer.
                URI action = TwilioWebhooks.resolve(document, verb.target());
                return webhooks.voice(action, "completed", message.left(true)).map(Ended.CALLER);
            }
            return next != null ? follow(verbs, index + 1) : goOn(verb.target(), message.left(false));
        });
    }

    /** What Twilio tells of messages once the call is over. */
    private Future<Void> reportMessages() {
        Future<Void> reported = Future.succeededFuture();
        for (VoiceMessage message : messages) {
            reported = reported.compose(done -> message.report(webhooks, status));
        }
        return reported.recover(fault -> {
            note(fault);
            return Future.succeededFuture();
        });
    }

    /** Ends before its time when the caller hangs up, or the gateway interrupts. */
    private Future<Void> pause(long millis) {
        Promise<Void> over = Promise.promise();
        pause = over;
        long timer = vertx.setTimer(Math.max(1, millis), id -> over.tryComplete());
        gone.future().onComplete(hungUp -> {
            vertx.cancelTimer(timer);
            over.tryComplete();
        });
        return over.future();
    }

    private Future<Void> stream(Verb.ConnectStream verb) {
        if (verb.url().contains("?")) {
            notes.violation(31920, "Twilio drops the query of a stream's url");
        }
        String url = verb.url().replaceFirst("[?#].*", "");
        URI target = TwilioWebhooks.resolve(document, url);
        if (!List.of("ws", "wss").contains(String.valueOf(target.getScheme()))) {
            notes.violation(31922, "scheme of the stream's url is " + target.getScheme());
            return Future.succeededFuture();
        }
        SimulatedStream opened = new SimulatedStream(vertx, request, callSid, clock, playback, notes);
        stream = opened;
        gone.future().onComplete(hungUp -> opened.hangUp());
        streamEvent(verb, opened, "stream-started");
        return opened.open(streams, target, webhooks.sign(url), verb.parameters())
                .onComplete(over -> {
                    stream = null;
                    streamEvent(verb, opened, "stream-stopped");
                    if (opened.isHungUp() && next == null) {
                        gone.tryComplete();
                    }
                });
    }

    private void streamEvent(Verb.ConnectStream verb, SimulatedStream stream, String event) {
        if (verb.statusCallback() != null) {
            URI url = TwilioWebhooks.resolve(document, verb.statusCallback());
            webhooks.event(
                            url,
                            "in-progress",
                            Map.of("StreamSid", stream.streamSid(), "StreamEvent", event, "Timestamp", timestamp()))
                    .onFailure(this::note);
        }
    }

    private Future<Ended> failed(Throwable fault) {
        note(fault);
        return Future.succeededFuture(Ended.FAILED_WEBHOOK);
    }

    private void note(Throwable fault) {
        notes.violation(CallNotes.violationOf(fault));
    }

    private Future<CallReport> finish(Ended ended) {
        long durationMillis = millisSince(answeredNanos);
        int samples = clock.now();
        Map<String, String> fields = Map.of(
                "CallDuration", Long.toString((durationMillis + 999) / 1000),
                "Duration", Long.toString((durationMillis + 59_999) / 60_000),
                "SequenceNumber", Integer.toString(sequence),
                "CallbackSource", "call-progress-events",
                "Timestamp", timestamp());
        if (status.equals("in-progress") || status.equals("ringing")) {
            status = "completed";
        }
        return webhooks.event(request.gateway().resolve(request.statusPath()), status, fields)
                .recover(fault -> {
                    note(fault);
                    return Future.succeededFuture();
                })
                .compose(done -> reportMessages())
                .compose(done -> vertx.executeBlocking(() -> report(ended, durationMillis, samples)))
                .compose(this::keepRecordings);
    }

    private CallReport report(Ended ended, long durationMillis, int samples) {
        Recording recording = new Recording(notes.sent(request, samples), playback.played(samples));
        return new CallReport(
                callSid,
                request.from(),
                request.to(),
                notes.twimlMillis,
                notes.firstAgentAudioMillis,
                notes.framesSent.cardinality(),
                notes.bytesReceived / CallerAudio.FRAME,
                Echo.find(recording.said(), playback.arrived()).orElse(null),
                notes.marks,
                notes.clears,
                List.copyOf(notes.dtmf),
                List.copyOf(notes.said),
                List.copyOf(notes.whispered),
                List.copyOf(notes.dialled),
                List.copyOf(notes.played),
                List.copyOf(notes.recordings),
                List.copyOf(notes.verbs),
                notes.violations(),
                notes.closeCode,
                ended,
                durationMillis,
                recording);
    }

    private static String timestamp() {
        return RFC_2822.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
