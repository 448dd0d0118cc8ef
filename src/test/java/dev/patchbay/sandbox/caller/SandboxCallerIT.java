package dev.patchbay.sandbox.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.patchbay.provider.twilio.TwilioSignature;
import dev.patchbay.sandbox.speech.BundledSpeech;
import dev.patchbay.sandbox.speech.WavFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Calibrates the instrument: the caller is put in front of fixed TwiML documents and of a line whose delay and faults
 * are known, and must report just them. How it meets our gateway is the flow tests' business.
 */
class SandboxCallerIT {
    private static final String TOKEN = "sandbox-token";
    private static final TwilioSignature SIGNATURE = new TwilioSignature(TOKEN);

    private record Posted(String path, Map<String, String> fields, boolean signed) {}

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final List<JsonObject> streamed = new CopyOnWriteArrayList<>();
    private volatile boolean upgradeSigned;
    private volatile BiConsumer<ServerWebSocket, JsonObject> line = (socket, message) -> {};
    private URI origin = URI.create("http://127.0.0.1");

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        router.get("/line").handler(this::stream);
        router.get("/x")
                .handler(ctx ->
                        ctx.response().putHeader("Content-Type", "audio/mpeg").end("sound"));
        router.post().handler(BodyHandler.create()).handler(this::document);
        int port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
        origin = URI.create("http://127.0.0.1:" + port);
        documents.put("/webhooks/twilio", "<Response/>");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void followsTwimlAndReportsTheEndSigned() throws Exception {
        documents.put(
                CallRequest.VOICE_PATH,
                "<Response><Say>One moment</Say><Dial action=\"/dialled?x=%20y\">+15005550006</Dial></Response>");
        documents.put("/dialled?x=%20y", "<Response><Redirect>last</Redirect><Say>never</Say></Response>");
        documents.put("/last", "<Response><Say>Zoë &amp; all</Say><Play>/x</Play><Hangup/><Say>never</Say></Response>");

        CallReport report = call(request(CallerAudio.silence(20))
                .with(Map.of("From", "anonymous", "CallerName", "Zoë & 1+1"))
                .with(CallerBehaviour.DEFAULT.dialEndingAs("no-answer")));

        assertThat(report.callSid()).matches("CA[0-9a-f]{32}");
        assertThat(report.verbs()).containsExactly("Say", "Dial", "Redirect", "Say", "Play", "Hangup");
        assertThat(report.said()).containsExactly("One moment", "Zoë & all");
        assertThat(report.dialled()).containsExactly("+15005550006");
        assertThat(report.played()).containsExactly(origin + "/x");
        assertThat(report.ended()).isEqualTo(CallReport.Ended.HANGUP);
        assertThat(report.violations()).isEmpty();
        assertThat(posted)
                .extracting(Posted::path)
                .containsExactly(CallRequest.VOICE_PATH, "/dialled?x=%20y", "/last", "/webhooks/twilio");
        assertThat(posted).allMatch(Posted::signed);
        assertThat(posted).allSatisfy(post -> assertThat(post.fields()).containsEntry("CallSid", report.callSid()));
        assertThat(posted.get(0).fields())
                .containsEntry("CallStatus", "ringing")
                .containsEntry("From", "anonymous")
                .containsEntry("Caller", "+14155550123")
                .containsEntry("CallerName", "Zoë & 1+1")
                .containsEntry("Direction", "inbound");
        assertThat(posted.get(1).fields())
                .containsEntry("CallStatus", "in-progress")
                .containsEntry("DialCallStatus", "no-answer");
        assertThat(posted.get(3).fields())
                .containsEntry("CallStatus", "completed")
                .containsEntry("CallbackSource", "call-progress-events")
                .containsEntry("SequenceNumber", "0")
                .hasEntrySatisfying("Timestamp", time -> assertThat(time)
                        .matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000"))
                .hasEntrySatisfying(
                        "CallDuration", seconds -> assertThat(seconds).matches("\\d+"));
    }

    @Test
    void answersMenusWithKeysOrWordsOrNotAtAll() throws Exception {
        documents.put(
                CallRequest.VOICE_PATH,
                "<Response><Gather action=\"/keys?m=1\" numDigits=\"2\"><Say>Press two keys.</Say></Gather></Response>");
        documents.put(
                "/keys?m=1",
                "<Response><Gather action=\"/words\" input=\"dtmf speech\"><Say>Speak.</Say></Gather></Response>");
        documents.put(
                "/words",
                "<Response><Gather action=\"/never\" input=\"speech\"/><Gather action=\"/never\"/>"
                        + "<Say>Nobody answered.</Say></Response>");

        CallReport report = call(request(CallerAudio.silence(20))
                .with(CallerBehaviour.DEFAULT.answering(List.of("123#", "an agent, please", "7", ""))));

        assertThat(report.said()).containsExactly("Press two keys.", "Speak.", "Nobody answered.");
        assertThat(report.verbs()).containsExactly("Gather", "Gather", "Gather", "Gather", "Say");
        assertThat(report.dtmf()).containsExactly("1", "2");
        assertThat(posted)
                .extracting(Posted::path)
                .containsExactly(CallRequest.VOICE_PATH, "/keys?m=1", "/words", "/webhooks/twilio");
        assertThat(posted.get(1).fields()).containsEntry("Digits", "12").doesNotContainKey("SpeechResult");
        assertThat(posted.get(2).fields())
                .containsEntry("SpeechResult", "an agent, please")
                .containsEntry("Confidence", "0.9")
                .doesNotContainKey("Digits");
    }

    @ParameterizedTest
    @CsvSource({
        "+15005551001, busy, false, 0",
        "+15005551002, no-answer, false, 0",
        "+15005551003, completed, false, 1", // a machine presses nothing, and what follows the question hangs up
        "+15005551004, completed, true, 1",
        "+15005551005, completed, false, 1",
    })
    void aDialledPhoneHearsItsOwnDocumentFirst(String number, String status, String bridged, int heard)
            throws Exception {
        documents.put(
                CallRequest.VOICE_PATH,
                "<Response><Dial action=\"/after\"><Number url=\"/whisper\">" + number + "</Number></Dial></Response>");
        documents.put(
                "/whisper",
                "<Response><Gather numDigits=\"1\" action=\"/pressed\"><Say>Ada calls. Press 1.</Say></Gather><Hangup/></Response>");
        documents.put("/pressed", "<Response/>");
        documents.put("/after", "<Response><Say>After</Say></Response>");

        if (number.equals("+15005551005")) {
            documents.put("/pressed", "<Response><Hangup/></Response>");
        }
        CallReport report = call(request(CallerAudio.silence(20)));

        assertThat(report.dialled()).containsExactly(number);
        assertThat(report.whispered()).hasSize(heard);
        assertThat(report.said()).containsExactly("After");
        Posted after = posted.stream()
                .filter(post -> post.path().equals("/after"))
                .findFirst()
                .orElseThrow();
        assertThat(after.fields()).containsEntry("DialCallStatus", status).containsEntry("DialBridged", bridged);
        assertThat(posted)
                .filteredOn(post -> post.path().matches("/whisper|/pressed"))
                .allSatisfy(post -> assertThat(post.fields())
                        .containsEntry("To", number)
                        .containsEntry("ParentCallSid", report.callSid())
                        .containsEntry("CallSid", after.fields().get("DialCallSid"))
                        .containsEntry("Direction", "outbound-dial"));
        assertThat(posted).allMatch(Posted::signed);
    }

    @Test
    void leavesAMessageAndTwilioTellsOfItAfterTheCall() throws Exception {
        documents.put(CallRequest.VOICE_PATH, """
                <Response><Record action="/thanks" recordingStatusCallback="/recorded" transcribe="true"
                transcribeCallback="/written"/><Say>never</Say></Response>""");
        documents.put("/thanks", "<Response><Say>Thank you</Say></Response>");
        documents.put("/recorded", "<Response/>");
        documents.put("/written", "<Response/>");
        Kept kept = new Kept();
        short[] spoken = new short[800];
        java.util.Arrays.fill(spoken, (short) 8_000);

        CallReport report = call(request(CallerAudio.ofSamples(spoken)), kept);

        assertThat(report.violations()).isEmpty();
        assertThat(report.said()).containsExactly("Thank you");
        assertThat(posted)
                .extracting(Posted::path)
                .containsExactly(CallRequest.VOICE_PATH, "/thanks", "/webhooks/twilio", "/recorded", "/written");
        assertThat(posted).allMatch(Posted::signed);
        String sid = posted.get(1).fields().get("RecordingSid");
        assertThat(kept.recordings)
                .hasEntrySatisfying(sid, wav -> assertThat(wav.samples()).hasSize(800));
        assertThat(posted.get(1).fields())
                .containsEntry("RecordingDuration", "1")
                .doesNotContainKey("Digits");
        assertThat(posted.get(3).fields())
                .containsEntry("RecordingSid", sid)
                .containsEntry("RecordingStatus", "completed")
                .containsEntry("RecordingSource", "RecordVerb");
        assertThat(posted.get(4).fields())
                .containsEntry("RecordingSid", sid)
                .containsEntry("TranscriptionStatus", "completed")
                .containsEntry("TranscriptionText", "Call me back")
                .hasEntrySatisfying("TranscriptionSid", tr -> assertThat(tr).matches("TR[0-9a-f]{32}"));
    }

    @Test
    void whoHangsUpHasLeftWhatWasSaidByThen() throws Exception {
        documents.put(CallRequest.VOICE_PATH, "<Response><Record action=\"/thanks\"/></Response>");
        documents.put("/thanks", "<Response><Say>never</Say></Response>");
        Kept kept = new Kept();

        CallReport report = call(
                request(CallerAudio.of(BundledSpeech.CALLER.wav()))
                        .with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(300))),
                kept);

        assertThat(report.ended()).isEqualTo(CallReport.Ended.CALLER);
        assertThat(report.said()).isEmpty();
        assertThat(posted.get(1).path()).isEqualTo("/thanks");
        assertThat(posted.get(1).fields()).containsEntry("Digits", "hangup");
        assertThat(kept.recordings.values()).singleElement().satisfies(wav -> assertThat(wav.samples().length)
                .isBetween(1_600, 25_000));
    }

    @Test
    void whoSpeaksTooLateLeavesNoMessage() throws Exception {
        documents.put(
                CallRequest.VOICE_PATH,
                "<Response><Record timeout=\"3\" action=\"/thanks\"/><Say>Nothing heard</Say></Response>");

        CallReport report = call(request(CallerAudio.of(BundledSpeech.CALLER.wav()))
                .with(CallerBehaviour.DEFAULT.speakingAfter(Duration.ofSeconds(3))));

        assertThat(report.said()).containsExactly("Nothing heard");
    }

    @Test
    void whoSaysNothingLeavesNoMessage() throws Exception {
        documents.put(
                CallRequest.VOICE_PATH, "<Response><Record action=\"/thanks\"/><Say>Nothing heard</Say></Response>");

        CallReport report = call(request(CallerAudio.silence(100)));

        assertThat(report.said()).containsExactly("Nothing heard");
        assertThat(posted).extracting(Posted::path).containsExactly(CallRequest.VOICE_PATH, "/webhooks/twilio");
    }

    @Test
    void callersWaitInAQueueUntilSomebodyTakesThem() throws Exception {
        documents.put(
                "/caller",
                "<Response><Enqueue waitUrl=\"/wait\" action=\"/left\">support</Enqueue><Say>never</Say></Response>");
        documents.put("/wait", "<Response><Say>Please wait.</Say><Play>/music</Play></Response>");
        documents.put("/left", "<Response><Hangup/></Response>");
        documents.put(
                "/attendant",
                "<Response><Dial timeout=\"1\" action=\"/taken\"><Queue url=\"/greet\">support</Queue></Dial></Response>");
        documents.put("/greet", "<Response><Say>Here comes somebody.</Say></Response>");
        documents.put("/taken", "<Response><Say>Goodbye.</Say></Response>");
        SandboxCaller callers = new SandboxCaller(vertx);
        CallerBehaviour patient = CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(30));

        Future<CallReport> waiting =
                callers.call(request(CallerAudio.silence(20)).to("/caller").with(patient));
        await().until(() -> posted.stream()
                .anyMatch(post -> post.path().equals("/wait")
                        && "1".equals(post.fields().get("QueuePosition"))
                        && "1".equals(post.fields().get("CurrentQueueSize"))));
        CallReport attendant = done(
                callers.call(request(CallerAudio.silence(20)).to("/attendant").with(patient)));
        CallReport caller = done(waiting);
        CallReport late = done(
                callers.call(request(CallerAudio.silence(20)).to("/attendant").with(patient)));

        assertThat(caller.said()).startsWith("Please wait.").endsWith("Here comes somebody.");
        assertThat(fieldsOf("/greet", caller)).containsEntry("DequeingCallSid", attendant.callSid());
        assertThat(caller.ended()).isEqualTo(CallReport.Ended.HANGUP);
        assertThat(fieldsOf("/left", caller)).containsEntry("QueueResult", "bridged");
        assertThat(fieldsOf("/taken", attendant)).containsEntry("DialBridged", "true");
        assertThat(fieldsOf("/taken", late))
                .as("nobody waits any more")
                .containsEntry("DialBridged", "false")
                .containsEntry("DialCallStatus", "no-answer");
        assertThat(caller.violations()).isEmpty();
    }

    @Test
    void whoHasWaitedLongEnoughLeavesTheQueue() throws Exception {
        documents.put(
                CallRequest.VOICE_PATH,
                "<Response><Enqueue waitUrl=\"/wait\" action=\"/left\">support</Enqueue></Response>");
        documents.put("/wait", "<Response><Leave/></Response>");
        documents.put("/left", "<Response><Say>Sorry.</Say></Response>");

        CallReport report = call(request(CallerAudio.silence(20)));

        assertThat(report.said()).containsExactly("Sorry.");
        assertThat(fieldsOf("/left", report))
                .containsEntry("QueueResult", "leave")
                .hasEntrySatisfying("QueueSid", sid -> assertThat(sid).startsWith("QU"));
    }

    @Test
    void callersMeetInAConferenceThatTellsWhoComesAndGoes() throws Exception {
        documents.put(
                CallRequest.VOICE_PATH,
                "<Response><Dial><Conference statusCallback=\"/events\" statusCallbackEvent=\"start end join leave\">room"
                        + "</Conference></Dial><Say>Bye.</Say></Response>");
        documents.put("/events", "<Response/>");
        SandboxCaller callers = new SandboxCaller(vertx);

        Future<CallReport> first = callers.call(request(CallerAudio.silence(300)));
        await().until(() -> posted.stream().anyMatch(post -> post.path().equals("/events")));
        CallReport second = done(callers.call(request(CallerAudio.silence(300))));
        CallReport ended = done(first);

        assertThat(List.of(ended, second)).allSatisfy(report -> {
            assertThat(report.said()).containsExactly("Bye.");
            assertThat(report.durationMillis()).isGreaterThanOrEqualTo(300);
            assertThat(report.violations()).isEmpty();
        });
        List<Posted> events =
                posted.stream().filter(post -> post.path().equals("/events")).toList();
        assertThat(events).allMatch(Posted::signed);
        assertThat(events)
                .extracting(event -> event.fields().get("StatusCallbackEvent"))
                .containsExactlyInAnyOrder(
                        "participant-join",
                        "conference-start",
                        "participant-join",
                        "participant-leave",
                        "participant-leave",
                        "conference-end");
        assertThat(events)
                .extracting(event -> event.fields().get("ConferenceSid"))
                .containsOnly(events.get(0).fields().get("ConferenceSid"));
        assertThat(events.stream().filter(event -> event.fields().containsKey("CallSid")))
                .extracting(event -> event.fields().get("CallSid"))
                .containsOnly(ended.callSid(), second.callSid());
    }

    @Test
    void reportsWhatTwilioWouldFindWrongWithAWebhook() throws Exception {
        assertThat(webhook("<Response><Redirect>/nowhere</Redirect></Response>").violations())
                .containsExactly(new CallReport.Violation(11200, "answered HTTP 404"));
        assertThat(webhook("no XML").violations())
                .extracting(CallReport.Violation::code)
                .containsExactly(12100);
        assertThat(webhook("<Response><Redirect>https://example.com/</Redirect></Response>")
                        .violations())
                .extracting(CallReport.Violation::code)
                .containsExactly(11100);
        assertThat(webhook("<Response><Reject reason=\"busy\"/></Response>").ended())
                .isEqualTo(CallReport.Ended.REJECT);
        assertThat(posted.get(posted.size() - 1).fields()).containsEntry("CallStatus", "busy");
        assertThat(webhook("<Response/>").ended()).isEqualTo(CallReport.Ended.END_OF_TWIML);
        assertThat(webhook("<Response><Play>/nowhere</Play></Response>").violations())
                .extracting(CallReport.Violation::code)
                .containsExactly(11200);
        assertThat(webhook("<Response><Play>https://example.com/x.mp3</Play></Response>")
                        .violations())
                .as("not fetched")
                .isEmpty();
        assertThat(webhook("<Response><Redirect/></Response>").ended()).isEqualTo(CallReport.Ended.REDIRECT_LOOP);
        assertThat(webhook("<Response><Connect><Stream url=\"ws://127.0.0.1:1/x\"/></Connect></Response>")
                        .violations())
                .extracting(CallReport.Violation::code)
                .containsExactly(31902);
        assertThat(webhook(stream("/webhooks/twilio")).violations())
                .extracting(CallReport.Violation::code)
                .containsExactly(31920);
    }

    @Test
    void recordsFromWhereItIsToldAndReportsSigned() throws Exception {
        documents.put("/recorded", "");
        documents.put(
                CallRequest.VOICE_PATH,
                "<Response><Start><Recording recordingStatusCallback=\"/recorded\" channels=\"dual\""
                        + " recordingStatusCallbackEvent=\"in-progress completed absent\"/></Start>"
                        + stream("/line").substring("<Response>".length()));
        Map<String, byte[]> shelf = new ConcurrentHashMap<>();

        CallReport report = new SandboxCaller(vertx, (sip, callSid) -> Future.succeededFuture("failed"), shelf::put)
                .call(request(CallerAudio.of(BundledSpeech.CALLER.wav()))
                        .with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(800))))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);

        assertThat(report.violations()).isEmpty();
        assertThat(report.verbs()).containsExactly("Start", "Connect");
        String sid = report.recordings().get(0);
        assertThat(sid).matches("RE[0-9a-f]{32}");
        assertThat(shelf).containsOnlyKeys(sid);
        assertThat(shelf.get(sid)).isEqualTo(report.stereoWav());
        List<Posted> events =
                posted.stream().filter(post -> post.path().equals("/recorded")).toList();
        assertThat(events).allMatch(Posted::signed);
        assertThat(events)
                .extracting(event -> event.fields().get("RecordingStatus"))
                .containsExactly("in-progress", "completed");
        assertThat(events.get(0).fields())
                .containsEntry("CallSid", report.callSid())
                .containsEntry("RecordingSid", sid)
                .doesNotContainKeys("CallStatus", "RecordingDuration");
        assertThat(events.get(1).fields())
                .containsEntry("RecordingChannels", "2")
                .hasEntrySatisfying(
                        "RecordingDuration", seconds -> assertThat(seconds).matches("[1-9]\\d*"));
    }

    @Test
    void aCallerWhoHangsUpLeavesTheTwimlWhereItStands() throws Exception {
        documents.put(CallRequest.VOICE_PATH, "<Response><Pause length=\"60\"/><Say>never</Say></Response>");

        CallReport report = call(
                request(CallerAudio.silence(20)).with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(200))));

        assertThat(report.ended()).isEqualTo(CallReport.Ended.CALLER);
        assertThat(report.said()).isEmpty();
        assertThat(report.durationMillis()).isBetween(200L, 10_000L);
    }

    @Test
    void measuresALineOfKnownDelay() throws Exception {
        line = (socket, message) -> {
            if (message.getString("event").equals("media")) {
                vertx.setTimer(120, later -> socket.writeTextMessage(media(message)));
            }
        };
        documents.put(CallRequest.VOICE_PATH, stream("/line"));

        CallReport report = call(request(CallerAudio.of(BundledSpeech.CALLER.wav()))
                .with(CallerBehaviour.DEFAULT
                        .withTail(Duration.ofSeconds(3))
                        .pressing(List.of(
                                new CallerBehaviour.Key(Duration.ofMillis(100), "5"),
                                new CallerBehaviour.Key(Duration.ofMillis(200), "#")))));

        assertThat(upgradeSigned).isTrue();
        assertThat(report.violations()).isEmpty();
        assertThat(report.ended()).isEqualTo(CallReport.Ended.CALLER);
        assertThat(report.closeCode()).isEqualTo(1000);
        assertThat(report.echo()).isNotNull();
        assertThat(report.roundTripMillis())
                .as("120 ms and the machine's own delay")
                .isBetween(119.0, 10_000.0);
        assertThat(report.firstAgentAudioMillis()).isGreaterThanOrEqualTo(120);
        assertThat(report.lost()).isZero();
        assertThat(report.framesSent())
                .as("real time")
                .isCloseTo(report.durationMillis() / 20, within(report.durationMillis() / 200));
        assertThat(report.framesReceived()).isBetween(150L, report.framesSent());
        assertThat(report.dtmf()).containsExactly("5", "#");

        WavFile recording = WavFile.read(report.stereoWav());
        assertThat(recording.sampleRate()).isEqualTo(8000);
        assertThat(recording.samples().length).isGreaterThan((int) (report.framesSent() - 1) * 160);
        assertThat(report.toJson().fieldNames())
                .contains("call_sid", "twiml_ms", "first_agent_audio_ms", "frames_sent", "frames_received", "lost")
                .contains("late", "round_trip_ms", "close_code", "violations");

        assertThat(streamed).extracting(m -> m.getString("event")).startsWith("connected", "start", "media");
        JsonObject start = streamed.get(1).getJsonObject("start");
        assertThat(start.getString("callSid")).isEqualTo(report.callSid());
        assertThat(start.getJsonObject("customParameters")).isEqualTo(JsonObject.of("call_id", "01A"));
        assertThat(streamed.get(streamed.size() - 1).getString("event")).isEqualTo("stop");
        for (int i = 1; i < streamed.size(); i++) {
            assertThat(streamed.get(i).getString("sequenceNumber")).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void noticesFramesThatTheLineLoses() throws Exception {
        line = (socket, message) -> {
            int chunk = chunk(message);
            boolean swallowed = chunk >= 72 && chunk < 82;
            if (chunk > 0 && chunk < 165) {
                socket.writeTextMessage(swallowed ? media(message, new byte[0]) : media(message));
            } else if (chunk == 165) {
                socket.close();
            }
        };
        documents.put(CallRequest.VOICE_PATH, stream("/line"));

        CallReport report = call(request(CallerAudio.of(BundledSpeech.CALLER.wav()))
                .with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(50))));

        assertThat(report.lost()).as("of ten frames, those with a voice").isBetween(6, 10);
    }

    @Test
    void answersMarksWhenPlayedAndAtOnceWhenCleared() throws Exception {
        line = (socket, message) -> {
            if (chunk(message) == 1) {
                socket.writeTextMessage(media(message, new byte[8_000]));
                socket.writeTextMessage(mark(message, "played"));
                socket.writeTextMessage(media(message, new byte[320_000]));
                socket.writeTextMessage(mark(message, "cleared"));
            } else if (message.getString("event").equals("mark")) {
                if (message.getJsonObject("mark").getString("name").equals("played")) {
                    socket.writeTextMessage(JsonObject.of("event", "clear", "streamSid", message.getString("streamSid"))
                            .encode());
                } else {
                    socket.close();
                }
            }
        };
        documents.put(CallRequest.VOICE_PATH, stream("/line").replace("</Response>", "<Say>Bye</Say></Response>"));

        CallReport report = call(request(CallerAudio.silence(50_000)));

        List<String> marks = streamed.stream()
                .filter(m -> m.getString("event").equals("mark"))
                .map(m -> m.getJsonObject("mark").getString("name"))
                .toList();
        assertThat(marks).containsExactly("played", "cleared");
        int played = streamed.indexOf(streamed.stream()
                .filter(m -> m.getString("event").equals("mark"))
                .findFirst()
                .orElseThrow());
        assertThat(played).as("one second of sound plays in 50 frames").isGreaterThanOrEqualTo(50);
        assertThat(report.framesSent()).as("40 s were cleared").isLessThan(1_500);
        assertThat(report.marks()).isEqualTo(2);
        assertThat(report.clears()).isEqualTo(1);
        assertThat(report.violations()).isEmpty();
        assertThat(report.said()).as("after we closed, the next verb").containsExactly("Bye");
        assertThat(report.ended()).isEqualTo(CallReport.Ended.END_OF_TWIML);
        assertThat(report.framesReceived()).isEqualTo(2_050);
    }

    @Test
    void reportsWhatTwilioWouldFindWrongWithAStream() throws Exception {
        line = (socket, message) -> {
            if (message.getString("event").equals("connected")) {
                socket.writeTextMessage("{\"event\":\"clear\",\"streamSid\":null}");
                return;
            }
            if (chunk(message) == 1) {
                socket.writeBinaryMessage(io.vertx.core.buffer.Buffer.buffer("x"));
                socket.writeTextMessage("{\"event\":\"media\"}");
                socket.writeTextMessage(media(message, WavFile.write(8000, new short[10])));
                socket.close((short) 1011);
            }
        };
        documents.put(CallRequest.VOICE_PATH, stream("/line?token=1"));

        CallReport report = call(request(CallerAudio.silence(5_000))
                .with(CallerBehaviour.DEFAULT.startingAfter(Duration.ofMillis(300))));

        assertThat(report.violations())
                .extracting(CallReport.Violation::code)
                .containsExactly(31920, 31951, 31950, 31951, 31924);
        assertThat(report.closeCode()).isEqualTo(1011);
        assertThat(report.framesReceived()).isZero();
        assertThat(report.firstAgentAudioMillis()).isNull();
        assertThat(report.roundTripMillis()).isNull();
    }

    /** Keeps recordings, and understands everybody. */
    private static final class Kept implements RecordingShelf {
        private final Map<String, WavFile> recordings = new ConcurrentHashMap<>();

        @Override
        public void keep(String recordingSid, byte[] wav) {
            recordings.put(recordingSid, WavFile.read(wav));
        }

        @Override
        public String words(short[] samples) {
            return "Call me back";
        }
    }

    private CallReport webhook(String document) throws Exception {
        documents.put(CallRequest.VOICE_PATH, document);
        return call(request(CallerAudio.silence(20)));
    }

    private CallReport call(CallRequest request) throws Exception {
        return call(request, (sid, wav) -> {});
    }

    private CallReport call(CallRequest request, RecordingShelf shelf) throws Exception {
        return done(
                new SandboxCaller(vertx, (sip, callSid) -> Future.succeededFuture("completed"), shelf).call(request));
    }

    private static CallReport done(Future<CallReport> call) throws Exception {
        return call.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** What a call posted to a path last. */
    private Map<String, String> fieldsOf(String path, CallReport call) {
        return posted.stream()
                .filter(post -> post.path().equals(path)
                        && call.callSid().equals(post.fields().get("CallSid")))
                .reduce((before, last) -> last)
                .orElseThrow()
                .fields();
    }

    private CallRequest request(CallerAudio audio) {
        return CallRequest.of("+14155550123", "+14155550100", audio, origin, "AC1", TOKEN);
    }

    private String stream(String path) {
        return "<Response><Connect><Stream url=\"ws://127.0.0.1:%d%s\"><Parameter name=\"call_id\" value=\"01A\"/></Stream></Connect></Response>"
                .formatted(origin.getPort(), path);
    }

    private void document(RoutingContext ctx) {
        String path = ctx.request().uri();
        Map<String, String> fields = new ConcurrentHashMap<>();
        ctx.request().formAttributes().forEach(field -> fields.put(field.getKey(), field.getValue()));
        boolean signed = SIGNATURE.verifyForm(
                origin + path, fields.entrySet(), ctx.request().getHeader("X-Twilio-Signature"));
        posted.add(new Posted(path, fields, signed));
        String document = documents.get(path);
        ctx.response()
                .setStatusCode(document == null ? 404 : 200)
                .putHeader("Content-Type", "text/xml")
                .end(document == null ? "" : document);
    }

    private void stream(RoutingContext ctx) {
        upgradeSigned = SIGNATURE.verifyWebSocket(
                "ws://127.0.0.1:" + origin.getPort() + "/line", ctx.request().getHeader("x-twilio-signature"));
        ctx.request()
                .toWebSocket()
                .onSuccess(socket -> socket.textMessageHandler(text -> {
                    JsonObject message = new JsonObject(text);
                    streamed.add(message);
                    line.accept(socket, message);
                }));
    }

    /** Number of a media message; 0 for any other. */
    private static int chunk(JsonObject message) {
        JsonObject media = message.getJsonObject("media");
        return media == null ? 0 : Integer.parseInt(media.getString("chunk"));
    }

    /** The sound of a message, sent back as it came. */
    private static String media(JsonObject message) {
        return media(
                message,
                java.util.Base64.getDecoder()
                        .decode(message.getJsonObject("media").getString("payload")));
    }

    /** Other sound; none at all = 20 ms of silence. */
    private static String media(JsonObject message, byte[] sound) {
        byte[] payload = sound.length == 0 ? CallerAudio.silence(20).frame(0) : sound;
        return new JsonObject()
                .put("event", "media")
                .put("streamSid", message.getString("streamSid"))
                .put(
                        "media",
                        JsonObject.of("payload", java.util.Base64.getEncoder().encodeToString(payload)))
                .encode();
    }

    private static String mark(JsonObject message, String name) {
        return new JsonObject()
                .put("event", "mark")
                .put("streamSid", message.getString("streamSid"))
                .put("mark", JsonObject.of("name", name))
                .encode();
    }
}
