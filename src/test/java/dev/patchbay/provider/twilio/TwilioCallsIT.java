package dev.patchbay.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallRegistry;
import dev.patchbay.call.CallRegistry.LegEnd;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.MediaPipeline;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.media.StreamHooks;
import dev.patchbay.provider.echo.EchoConnector;
import dev.patchbay.store.CallContextStore;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.EmbeddedDatabase;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class TwilioCallsIT {

    private static final Agent ECHO = agent("echo", null);
    private static final Pattern STREAM =
            Pattern.compile("url=\"wss://voice.example.com/twilio/media-stream/([^\"]+)\"");

    private final Vertx vertx = Vertx.vertx();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final CallRegistry registry = new CallRegistry(timer);
    private final CallStore calls;
    private final CallEventStore events;
    private final CallContextStore contexts;
    private final MediaStreams streams;
    private final TwilioCalls twilio;

    TwilioCallsIT(MongoDatabase database) {
        timer.setRemoveOnCancelPolicy(true);
        calls = new CallStore(database);
        events = new CallEventStore(database);
        contexts = new CallContextStore(database, Clock.systemUTC());
        MediaProperties media = media();
        streams = new MediaStreams(
                media,
                List.of(new EchoConnector(vertx)),
                new MediaPipeline(),
                call -> {
                    throw new AssertionError("No stream is started");
                },
                new NoHooks(),
                () -> 0);
        twilio = new TwilioCalls(
                calls,
                events,
                contexts,
                registry,
                streams,
                media,
                new PublicOrigin(URI.create("https://voice.example.com")));
    }

    @AfterEach
    void close() throws Exception {
        timer.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void aRepeatedWebhookKeepsTheRecord() {
        Call first = twilio.received(form("ringing"));
        Call second = twilio.received(form("ringing"));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(first.from()).isEqualTo("anonymous");
        assertThat(first.direction()).isEqualTo(Direction.INBOUND);
        assertThat(types(first)).containsExactly("call-received");
    }

    @Test
    void aWebhookWithoutACallSidIsRefused() {
        assertThatThrownBy(() -> twilio.received(Map.of("From", "+14155550123")))
                .isInstanceOf(PatchbayException.class)
                .hasMessage("CallSid is missing");
    }

    @Test
    void statusEventsDoubledAndOutOfOrderChangeNothing() {
        Call call = twilio.received(form("ringing"));
        for (String status : List.of("in-progress", "ringing", "in-progress", "initiated", "queued")) {
            twilio.statusEvent(form(status));
        }
        assertThat(stored().status()).isEqualTo(CallStatus.IN_PROGRESS);
        Call answered = stored();

        twilio.statusEvent(form("completed", "CallDuration", "17"));
        Call completed = stored();
        assertThat(completed.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(completed.duration()).isEqualTo(17);
        assertThat(completed.answeredAt()).isEqualTo(answered.answeredAt());

        for (String status : List.of("completed", "busy", "in-progress", "failed", "ringing", "no-answer", "future")) {
            twilio.statusEvent(form(status, "CallDuration", "99"));
            assertThat(stored()).as(status).isEqualTo(completed);
        }
        assertThat(statuses(call)).containsExactly("in-progress", "completed");
    }

    @Test
    void aStatusEventOfAnUnknownCallOpensAndEndsIt() {
        twilio.statusEvent(form("no-answer", "Direction", "outbound-api"));
        assertThat(stored().status()).isEqualTo(CallStatus.NO_ANSWER);
        assertThat(stored().direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(statuses(stored())).containsExactly("no-answer");
    }

    @Test
    void aStatusEventIsToldFromAVoiceWebhook() {
        assertThat(twilio.isStatusEvent(form("ringing"))).isFalse();
        assertThat(twilio.isStatusEvent(form("in-progress"))).isFalse();
        assertThat(twilio.isStatusEvent(form("completed"))).isTrue();
        assertThat(twilio.isStatusEvent(form("ringing", "CallbackSource", "call-progress-events")))
                .isTrue();
    }

    @Test
    void anAnsweredCallIsConnectedToItsAgent() {
        Call call = twilio.received(form("ringing"));
        String twiml = twilio.connect(call, ECHO, Map.of("name", "Zoë & \"Co\"", "story", "x".repeat(600)));

        String token = token(twiml);
        assertThat(streams.claim(token)).hasValueSatisfying(expected -> {
            assertThat(expected.call().callSid()).isEqualTo("CA1");
            assertThat(expected.call().callId()).isEqualTo(call.id());
        });
        assertThat(twiml)
                .contains("name=\"call_id\" value=\"" + call.id() + "\"")
                .contains("name=\"name\" value=\"Zoë &amp; &quot;Co&quot;\"")
                .contains("https://voice.example.com/webhooks/twilio/fallback</Redirect>")
                .doesNotContain("story");
        assertThat(twiml.indexOf("<Redirect")).isGreaterThan(twiml.indexOf("</Connect>"));
        assertThat(stored().status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(stored().agentId()).isEqualTo("echo");
        assertThat(contexts.find("CA1"))
                .hasValueSatisfying(context -> assertThat(context.values()).containsEntry("name", "Zoë & \"Co\""));
    }

    @Test
    void aRepeatedAnswerVoidsTheTokenBefore() {
        Call call = twilio.received(form("ringing"));
        String first = token(twilio.connect(call, ECHO, Map.of()));
        String second = token(twilio.connect(call, ECHO, Map.of()));
        assertThat(streams.claim(first)).isEmpty();
        assertThat(streams.claim(second)).isPresent();
    }

    @Test
    void aFullGatewayIsBusy() {
        twilio.connect(twilio.received(form("ringing", "CallSid", "CA0")), ECHO, Map.of());
        String twiml = twilio.connect(twilio.received(form("ringing")), ECHO, Map.of());
        assertThat(twiml).contains("<Reject reason=\"busy\"/>");
        assertThat(stored().status()).isEqualTo(CallStatus.BUSY);
        assertThat(stored().endedBy()).isEqualTo("gateway");
    }

    @Test
    void whatFollowsTheAgentDependsOnHowItEnded() {
        Call call = twilio.received(form("in-progress"));
        assertThat(twilio.afterVerb(call, form("in-progress")))
                .as("nobody came")
                .isEqualTo("recover");
        registry.legEnded("CA1", new LegEnd("agent", "echo"));
        assertThat(twilio.afterVerb(call, form("in-progress"))).isEqualTo("hangup");
        registry.legEnded("CA1", new LegEnd(null, "echo"));
        assertThat(twilio.afterVerb(call, form("in-progress"))).as("lost").isEqualTo("recover");
        assertThat(twilio.afterVerb(call, form("in-progress", "DialCallStatus", "completed")))
                .isEqualTo("hangup");
        assertThat(twilio.afterVerb(call, form("in-progress", "DialCallStatus", "answered")))
                .isEqualTo("hangup");
        assertThat(twilio.afterVerb(call, form("in-progress", "DialCallStatus", "busy")))
                .isEqualTo("recover");
        assertThat(twilio.afterVerb(call, form("in-progress", "ErrorCode", "11200")))
                .isEqualTo("failed");
        assertThat(types(call)).containsExactly("call-received", "webhook-failed");
    }

    @Test
    void aHumanWhoPickedUpHasAnsweredTheCall() {
        Call call = twilio.received(form("ringing"));

        twilio.afterVerb(call, form("in-progress", "DialCallStatus", "no-answer"));
        assertThat(stored().answeredAt()).isNull();
        twilio.afterVerb(call, form("in-progress", "DialCallStatus", "completed", "DialCallDuration", "60"));

        assertThat(stored().status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(stored().answeredAt())
                .isBetween(Instant.now().minusSeconds(70), Instant.now().minusSeconds(50));
    }

    @Test
    void aCallThatEndsWhileWeHangUpEndedByUs() {
        twilio.received(form("in-progress"));
        registry.hangingUp("CA1", true);
        twilio.statusEvent(form("completed", "CallDuration", "3"));
        assertThat(stored().endedBy()).isEqualTo("gateway");
    }

    @Test
    void aCallThatNobodyReportsTheEndOfIsCompletedOnce() {
        Call call = twilio.received(form("in-progress"));
        registry.legEnded("CA1", new LegEnd("caller", "echo"));
        assertThat(twilio.ending(call, "<Response/>")).isEqualTo("<Response/>");
        await().until(() -> stored().status() == CallStatus.COMPLETED);
        Call completed = stored();
        twilio.statusEvent(form("completed", "CallDuration", "99"));
        assertThat(stored()).isEqualTo(completed);
    }

    @Test
    void theStatusEventComesBeforeOurOwnCompletion() {
        Call call = twilio.received(form("in-progress"));
        registry.completeAfter("CA1", Duration.ofHours(1), () -> {
            throw new AssertionError("Twilio has told the end");
        });
        assertThat(timer.getQueue()).hasSize(1);
        twilio.statusEvent(form("completed", "CallDuration", "5"));
        assertThat(timer.getQueue()).isEmpty();
        assertThat(statuses(call)).containsExactly("completed");
    }

    @Test
    void aHumanIsDialled() {
        Call call = twilio.received(form("in-progress"));
        assertThat(twilio.dial(call, agent("human", "+14155550177")))
                .contains("+14155550177")
                .contains("action=\"https://voice.example.com/webhooks/twilio/fallback\"");
        assertThatThrownBy(() -> twilio.dial(call, ECHO)).hasMessageContaining("phone_number");
    }

    @Test
    void aFailureIsWrittenDownInTechnicalWords() {
        Call call = twilio.received(form("ringing"));
        twilio.failed(call, new IllegalStateException("No agent"));
        assertThat(stored().error()).isEqualTo("IllegalStateException: No agent");
        assertThat(types(call)).containsExactly("call-received", "call-failed");
        await().until(() -> stored().status() == CallStatus.COMPLETED);
    }

    private Call stored() {
        return calls.find("CA1").orElseThrow();
    }

    private List<String> types(Call call) {
        return events.list(call.id(), null, 50).items().stream()
                .map(CallEvent::type)
                .toList();
    }

    private List<Object> statuses(Call call) {
        return events.list(call.id(), null, 50).items().stream()
                .filter(event -> event.type().equals("call-status"))
                .map(event -> event.data().getOrDefault("status", ""))
                .toList();
    }

    private static String token(String twiml) {
        Matcher matcher = STREAM.matcher(twiml);
        assertThat(matcher.find()).as(twiml).isTrue();
        return matcher.group(1);
    }

    private static Map<String, String> form(String status, String... more) {
        Map<String, String> form = new HashMap<>(Map.of(
                "CallSid", "CA1",
                "From", "anonymous",
                "To", "+14155550124",
                "Direction", "inbound",
                "CallStatus", status));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private static Agent agent(String name, @Nullable String number) {
        return new Agent(name, name, "echo", number, null, null, null, null, null, AgentLimits.DEFAULT);
    }

    private static MediaProperties media() {
        return new MediaProperties(
                1,
                Duration.ofSeconds(2),
                Duration.ofMillis(4_500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofMillis(50));
    }

    private static final class NoHooks implements StreamHooks {

        @Override
        public void digit(AgentCall call, String digit) {
            throw new AssertionError("No digit was pressed");
        }

        @Override
        public void tool(AgentCall call, String tool, Map<String, Object> parameters, ToolAnswer answer) {
            throw new AssertionError("No tool was called");
        }
    }
}
