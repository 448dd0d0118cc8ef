package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.TranscriptTurn;
import dev.patchbay.message.Outgoing;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.provider.twilio.TwilioTranscriptions;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.Deliveries;
import dev.patchbay.store.TranscriptStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code recipe-voicemail} and its routes, asked by {@code call-answer}, {@code call-voicemail}, {@code call-apologize},
 * {@code input-receive} and {@code transcription-event}.
 */
class RecipeVoicemailRouteIT {

    private static final String VOICEMAIL = "+15550000042";
    private static final String CALLER = "+14155550195";
    private static final String OWNER = "+15550000900";

    private static final List<Outgoing> SENT = new CopyOnWriteArrayList<>();

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir)
                .played("twilio-message-send", exchange -> SENT.add(exchange.getVariable("message", Outgoing.class)))
                .recipe("voicemail")
                .start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void whoCallsItsNumberCanLeaveAMessage() throws Exception {
        assertThat(twiml(scene, "call-answer", received(scene, VOICEMAIL)))
                .contains("<Record maxLength=\"119\"", "transcribe=\"true\" transcribeCallback=\"/webhooks/twilio\"")
                .contains("action=\"/twilio/handle-input?step=voicemail-thank\"")
                .contains("<Say>We did not hear a message. Goodbye.</Say><Hangup/>");
        assertThat(twiml(scene, "call-answer", received(scene, "+15550000000"))).contains("<Stream");
    }

    @Test
    void whoeverSendsToVoicemailHasIt() throws Exception {
        assertThat(twiml(scene, "call-voicemail", received(scene, "+15550000000")))
                .contains("step=voicemail-thank");
    }

    @Test
    void whoHasLostTheirAgentIsOfferedIt() throws Exception {
        Call call = received(scene, "+15550000000");

        assertThat(twiml(scene, "call-apologize", call))
                .contains("<Say>We are sorry", "<Redirect>/twilio/handle-input?step=voicemail</Redirect>")
                .doesNotContain("<Hangup/>");
        assertThat(scene.send("input-receive", Map.of(), Map.of("call", call, "step", "voicemail"))
                        .getMessage()
                        .getBody(String.class))
                .contains("<Record");
    }

    @Test
    void whoHasLeftAMessageIsThanked() throws Exception {
        Call call = received(scene, VOICEMAIL);

        assertThat(scene.send("input-receive", Map.of(), Map.of("call", call, "step", "voicemail-thank"))
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo("<Response><Say>Thank you. We will call you back.</Say><Hangup/></Response>");
        assertThat(events(call)).contains("message-left");
    }

    @Test
    void theOwnerReadsWhoCalledAndWhatTheySaid() throws Exception {
        Call call = received(scene, VOICEMAIL);
        int before = SENT.size();
        Map<String, String> event = transcription(call, "completed", "Call me back ${camelContext.name}, please.");

        scene.send("transcription-event", event, Map.of());
        scene.send("transcription-event", event, Map.of());

        assertThat(SENT.subList(before, SENT.size()))
                .as("once")
                .containsExactly(new Outgoing(
                        OWNER,
                        VOICEMAIL,
                        "Voice message from " + CALLER + ": Call me back ${camelContext.name}, please."));
        assertThat(scene.bean(TranscriptStore.class).list(call.id(), null, 10).items())
                .extracting(TranscriptTurn::role, TranscriptTurn::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("user", "Call me back ${camelContext.name}, please."));
        assertThat(events(call)).containsOnlyOnce("transcription");
    }

    @Test
    void orThatSomebodyCalledWhoCouldNotBeUnderstood() throws Exception {
        Call call = received(scene, VOICEMAIL);
        int before = SENT.size();

        scene.send("transcription-event", transcription(call, "failed", ""), Map.of());

        assertThat(SENT.subList(before, SENT.size()))
                .extracting(Outgoing::text)
                .containsExactly(
                        "Voice message from " + CALLER + ", which could not be written down. Call " + call.id());
        assertThat(scene.bean(TranscriptStore.class).isEmpty(call.id())).isTrue();
    }

    @Test
    void aLongMessageIsCutToOneText() throws Exception {
        Call call = received(scene, VOICEMAIL);

        scene.send("transcription-event", transcription(call, "completed", "👋 ".repeat(1000)), Map.of());

        String text = SENT.get(SENT.size() - 1).text();
        assertThat(text.codePointCount(0, text.length())).isEqualTo(1600);
    }

    @Test
    void whatIsNoTranscriptionIsLeftOut() throws Exception {
        Call call = received(scene, VOICEMAIL);
        int before = SENT.size();
        Map<String, String> event = transcription(call, "completed", "x");
        event.put("TranscriptionSid", "../TR1");

        scene.send("transcription-event", event, Map.of());

        assertThat(SENT).hasSize(before);
        assertThat(events(call)).doesNotContain("transcription");
    }

    @Test
    void aMessageThatIsNotSentFailsNothing(@TempDir Path dir) throws Exception {
        try (RouteScene down = scene(dir)
                .failing("twilio-message-send", "twilio is down")
                .recipe("voicemail")
                .start()) {
            Call call = received(down, VOICEMAIL);

            down.send("transcription-event", transcription(call, "completed", "Hello"), Map.of());

            assertThat(down.bean(TranscriptStore.class).isEmpty(call.id())).isFalse();
        }
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        int before = SENT.size();
        try (RouteScene off = scene(dir)
                .played("twilio-message-send", exchange -> SENT.add(exchange.getVariable("message", Outgoing.class)))
                .start()) {
            Call call = received(off, VOICEMAIL);

            assertThat(twiml(off, "call-answer", call)).contains("<Stream").doesNotContain("<Record");
            assertThat(twiml(off, "call-voicemail", call)).contains("<Record").doesNotContain("transcribe");
            assertThat(twiml(off, "call-apologize", call)).contains("<Say>We are sorry", "<Hangup/>");
            off.send("transcription-event", transcription(call, "completed", "Hello"), Map.of());
            assertThat(off.bean(TranscriptStore.class).isEmpty(call.id())).isFalse();
            assertThat(SENT).hasSize(before);
        }
    }

    private static RouteScene scene(Path dir) {
        RouteScene made = new RouteScene(
                        dir,
                        "recipe-voicemail",
                        "recipe-voicemail-screen",
                        "recipe-voicemail-offer",
                        "recipe-voicemail-thank",
                        "recipe-voicemail-notify",
                        "transcription-event",
                        "message-send",
                        "call-answer",
                        "call-screen",
                        "call-voicemail",
                        "call-apologize",
                        "input-receive",
                        "customer-lookup",
                        "agent-select",
                        "agent-suggest",
                        "echo-call-answer",
                        "error-default")
                .withCalls()
                .withTwilio()
                .with(agent("general"));
        return made.lazily(
                "twilioTranscriptions",
                TwilioTranscriptions.class,
                () -> new TwilioTranscriptions(
                        made.bean(CallEventStore.class),
                        made.bean(TranscriptStore.class),
                        made.bean(Deliveries.class)));
    }

    private static Call received(RouteScene scene, String to) {
        return scene.bean(TwilioCalls.class)
                .received(Map.of("CallSid", sid("CA"), "CallStatus", "ringing", "From", CALLER, "To", to));
    }

    private static Map<String, String> transcription(Call call, String status, String text) {
        return new HashMap<>(Map.of(
                "CallSid", String.valueOf(call.callSid()),
                "TranscriptionSid", sid("TR"),
                "TranscriptionStatus", status,
                "TranscriptionText", text,
                "RecordingSid", sid("RE")));
    }

    private static String sid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    private static String twiml(RouteScene scene, String route, Call call) throws Exception {
        return scene.send(route, Map.of("call", call)).getMessage().getBody(String.class);
    }

    private static List<String> events(Call call) {
        return scene.bean(CallEventStore.class).list(call.id(), null, 10).items().stream()
                .map(CallEvent::type)
                .toList();
    }
}
