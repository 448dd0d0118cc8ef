package dev.patchbay.media;

import static dev.patchbay.media.audio.AudioFormat.PCM_16000;
import static dev.patchbay.media.audio.AudioFormat.ULAW_8000;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.media.MediaFrame.Leg;
import dev.patchbay.media.ScriptedAgents.Conversation;
import dev.patchbay.media.audio.AudioFormat;
import dev.patchbay.media.audio.MediaCodec;
import dev.patchbay.media.audio.MuLaw;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stream between a caller and agents that the test leads, through the real media routes and on a real event loop. */
class MediaStreamTest {

    private static final long NEVER = 3_600_000;
    private static final StreamLimits PATIENT = new StreamLimits(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER);
    private static final Vertx VERTX = Vertx.vertx();
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    private static final MediaPipeline PIPELINE = new MediaPipeline();

    private final MediaTaps taps = new MediaTaps();

    private final Context context = VERTX.getOrCreateContext();
    private final RecordingCaller caller = new RecordingCaller();
    private final ScriptedAgents agents = new ScriptedAgents();
    private final RecordingJournal journal = new RecordingJournal();
    private final List<String> digits = new ArrayList<>();
    private final List<MediaStream> live = new ArrayList<>();
    private final List<Long> endedAt = new ArrayList<>();
    private AgentLimits own = AgentLimits.DEFAULT;
    private boolean overrides;

    @BeforeAll
    static void open() throws Exception {
        CAMEL.getRegistry().bind("mediaPipeline", PIPELINE);
        CAMEL.addRoutes(new MediaRoutes());
        CAMEL.start();
    }

    @AfterAll
    static void close() throws Exception {
        CAMEL.close();
        VERTX.close().toCompletionStage().toCompletableFuture().get();
    }

    @AfterEach
    void endsExactlyOnce() {
        on(() -> live).forEach(stream -> stream.hangUp(null));
        awaitEnd();
        on(() -> {
            assertThat(journal.ends).hasSize(1);
            assertThat(journal.log).last().isEqualTo("ended");
            assertThat(caller.log).last().isEqualTo("close");
            assertThat(caller.log).containsOnlyOnce("close");
            assertThat(endedAt).hasSize(1);
            return true;
        });
    }

    // ---- set-up ------------------------------------------------------------------------------------------------

    @Test
    void twoAttemptsThenTheCallerIsLetGoWithinFourAndAHalfSeconds() {
        long began = System.nanoTime();
        start(new StreamLimits(2_000, 4_500, NEVER, NEVER, NEVER, NEVER));
        awaitEnd();
        assertThat(endedAfter(began)).isBetween(Duration.ofMillis(3_900), Duration.ofMillis(4_500));
        on(() -> {
            assertThat(agents.conversations).hasSize(2);
            assertThat(agents.conversations).allMatch(conversation -> conversation.closed);
            assertThat(journal.log)
                    .containsExactly("media-started", "agent-attempt-failed", "agent-attempt-failed", "ended");
            assertThat(end()).isEqualTo(StreamEnd.agentLost("no answer within 2000 ms"));
            return true;
        });
    }

    @Test
    void theSetUpDeadlineCutsTheSecondAttemptShort() {
        long began = System.nanoTime();
        start(new StreamLimits(1_000, 1_300, NEVER, NEVER, NEVER, NEVER));
        awaitEnd();
        assertThat(endedAfter(began)).isBetween(Duration.ofMillis(1_300), Duration.ofMillis(1_900));
        on(() -> assertThat(agents.conversations).hasSize(2));
    }

    @Test
    void aRefusedAttemptIsRepeatedAtOnce() {
        agents.then(agent -> agent.listener.closed(AgentClose.lost("refused"))).then(MediaStreamTest::ready);
        start(PATIENT);
        awaitEvent("agent-connected");
        on(() -> {
            assertThat(journal.log).containsExactly("media-started", "agent-attempt-failed", "agent-connected");
            assertThat(journal.data.get("agent-attempt-failed")).isEqualTo(Map.of("reason", "refused"));
            assertThat(agents.prepared).as("the second attempt prepares anew").hasSize(2);
            assertThat(agents.last().call.resumed()).isFalse();
            return true;
        });
    }

    @Test
    void twoRefusalsLoseTheAgent() {
        agents.then(agent -> agent.listener.closed(AgentClose.lost("one")))
                .then(agent -> agent.listener.closed(AgentClose.lost("two")));
        start(PATIENT);
        awaitEnd();
        on(() -> assertThat(end()).isEqualTo(new StreamEnd(null, "Agent lost: two")));
    }

    @Test
    void whatALateAnswerOfAnAbandonedAttemptSaysReachesNobody() {
        start(new StreamLimits(150, NEVER, NEVER, NEVER, NEVER, NEVER));
        await().until(() -> on(() -> agents.conversations.size()) == 2);
        on(() -> {
            Conversation late = agents.conversations.get(0);
            ready(late);
            late.listener.audio(new byte[160], 160);
            late.listener.closed(AgentClose.lost("late"));
            assertThat(journal.log).containsExactly("media-started", "agent-attempt-failed");
            assertThat(caller.log).isEmpty();
            return true;
        });
    }

    @Test
    void aForbiddenOverrideIsRetriedOnceWithout() {
        overrides = true;
        agents.then(agent -> agent.listener.closed(AgentClose.forbidden("socket closed with 1008")))
                .then(MediaStreamTest::ready);
        start(PATIENT);
        awaitEvent("agent-connected");
        on(() -> {
            assertThat(agents.conversations)
                    .extracting(agent -> agent.call.overrides())
                    .containsExactly(true, false);
            assertThat(journal.log).containsExactly("media-started", "agent-override-forbidden", "agent-connected");
            return true;
        });
    }

    @Test
    void anAgentThatForbidsAnythingIsLost() {
        overrides = true;
        for (int i = 0; i < 4; i++) {
            agents.then(agent -> agent.listener.closed(AgentClose.forbidden("no")));
        }
        start(PATIENT);
        awaitEnd();
        on(() -> {
            assertThat(journal.log).containsOnlyOnce("agent-override-forbidden");
            assertThat(agents.conversations)
                    .extracting(agent -> agent.call.overrides())
                    .startsWith(true, false);
            assertThat(agents.conversations).hasSizeLessThanOrEqualTo(3);
            assertThat(end()).isEqualTo(StreamEnd.agentLost("no"));
            return true;
        });
    }

    // ---- caller audio ------------------------------------------------------------------------------------------

    @Test
    void framesBeforeReadyArriveInOrder() {
        MediaStream stream = start(PATIENT);
        byte[] spoken = noise(160 * 100);
        on(() -> {
            say(stream, spoken, 0, 60);
            assertThat(agents.last().heard()).isEmpty();
            ready(agents.last());
            assertThat(agents.last().heard()).hasSize(160 * 60);
            say(stream, spoken, 60, 100);
            assertThat(agents.last().heard()).isEqualTo(spoken);
            return true;
        });
        hangUp(stream);
        on(() -> {
            assertThat(figures().framesIn()).isEqualTo(100);
            assertThat(figures().dropped()).isZero();
            return true;
        });
    }

    @Test
    void ofTooMuchWaitingAudioTheOldestIsDroppedAndCounted() {
        MediaStream stream = start(PATIENT);
        byte[] spoken = noise(160 * 1_200); // 24 s
        on(() -> {
            say(stream, spoken, 0, 1_200);
            ready(agents.last());
            assertThat(agents.last().heard())
                    .as("the last 20 s")
                    .isEqualTo(Arrays.copyOfRange(spoken, 160 * 200, 160 * 1_200));
            return true;
        });
        hangUp(stream);
        on(() -> assertThat(figures().dropped()).isEqualTo(200));
    }

    @Test
    void aFullAgentIsWaitedForAndNothingOvertakes() {
        MediaStream stream = started();
        byte[] spoken = noise(160 * 10);
        on(() -> {
            Conversation agent = agents.last();
            agent.full = true;
            say(stream, spoken, 0, 6);
            assertThat(agent.heard()).isEmpty();
            agent.full = false;
            agent.room = 320;
            agent.listener.drained();
            assertThat(agent.heard()).as("no more than it takes").hasSize(320);
            say(stream, spoken, 6, 10);
            agent.full = false;
            agent.room = -1;
            agent.listener.drained();
            assertThat(agent.heard()).isEqualTo(spoken);
            return true;
        });
    }

    @Test
    void emptyAudioHarmsNobody() {
        MediaStream stream = start(PATIENT);
        on(() -> {
            stream.callerAudio(new byte[0], 0, 20);
            ready(agents.last());
            stream.callerAudio(new byte[0], 0, 40);
            say(stream, noise(160), 0, 1);
            assertThat(agents.last().heard()).isEqualTo(noise(160));
            return true;
        });
    }

    @Test
    void bothDirectionsAreTranscodedOnTheirOwn() {
        MediaStream stream = start(PATIENT);
        byte[] spoken = noise(160 * 5);
        on(() -> {
            agents.last().listener.ready(new AgentFormats(PCM_16000, ULAW_8000), null);
            say(stream, spoken, 0, 5);
            assertThat(agents.last().heard()).isEqualTo(converted(ULAW_8000, PCM_16000, spoken));
            agents.last().listener.audio(spoken, spoken.length);
            assertThat(caller.heard()).as("passes through").isEqualTo(spoken);
            return true;
        });
    }

    @Test
    void lateFramesAreCounted() {
        MediaStream stream = started();
        on(() -> {
            byte[] frame = new byte[160];
            stream.callerAudio(frame, 160, 1_000);
            stream.callerAudio(frame, 160, 1_020); // Early, if anything.
            stream.callerAudio(frame, 160, 900); // At least 100 ms behind the best one.
            stream.callerAudio(frame, 160, -1); // Who knows.
            return true;
        });
        hangUp(stream);
        on(() -> assertThat(figures().late()).isEqualTo(1));
    }

    @Test
    void aDigitReachesTheAgentInWordsAndTheRouteAsItIs() {
        MediaStream stream = started();
        on(() -> {
            stream.callerDigit("5");
            assertThat(digits).containsExactly("5");
            assertThat(agents.last().contexts).singleElement().asString().contains(" 5 ");
            assertThat(journal.data.get("dtmf"))
                    .as("the record does not carry digits")
                    .isEmpty();
            return true;
        });
    }

    // ---- agent audio -------------------------------------------------------------------------------------------

    @Test
    void anInterruptionClearsTheCallerAndResetsTheResampler() {
        start(PATIENT);
        byte[] speech = noise(3_333);
        on(() -> {
            Conversation agent = agents.last();
            agent.listener.ready(new AgentFormats(ULAW_8000, PCM_16000), null);
            agent.listener.audio(speech, speech.length);
            agent.listener.interrupted();
            assertThat(caller.log).last().isEqualTo("clear");
            int before = caller.heard().length;
            byte[] answer = noise(6_400);
            agent.listener.audio(answer, answer.length);
            byte[] heard = Arrays.copyOfRange(caller.heard(), before, caller.heard().length);
            assertThat(heard)
                    .as("like the first audio of a new stream")
                    .isEqualTo(Arrays.copyOf(converted(PCM_16000, ULAW_8000, answer), heard.length));
            assertThat(heard.length).isGreaterThanOrEqualTo(1_440);
            assertThat(journal.log).contains("agent-interrupted");
            return true;
        });
    }

    @Test
    void aTurnThatNobodyEndsIsPaddedAndMarked() {
        started();
        on(() -> {
            agents.last().listener.audio(noise(200), 200);
            return true;
        });
        await().until(() -> on(() -> caller.marks.size()) == 1);
        on(() -> assertThat(caller.log).containsExactly("audio 160", "audio 160", "mark 0-40"));
    }

    @Test
    void aFullCallerPausesTheAgentUntilItDrains() {
        MediaStream stream = started();
        on(() -> {
            Conversation agent = agents.last();
            agent.listener.audio(noise(160), 160);
            assertThat(agent.paused).isFalse();
            caller.full = true;
            agent.listener.audio(noise(160), 160);
            assertThat(agent.paused).isTrue();
            agent.listener.audio(noise(160), 160);
            assertThat(caller.heard()).as("agent audio is never dropped").hasSize(480);
            caller.full = false;
            stream.callerDrained();
            assertThat(agent.paused).isFalse();
            return true;
        });
    }

    @Test
    void aPausedAgentDoesNotStall() {
        MediaStream stream = start(new StreamLimits(NEVER, NEVER, NEVER, 200, NEVER, 900));
        on(() -> {
            ready(agents.last());
            caller.full = true;
            agents.last().listener.audio(noise(160), 160);
            return true;
        });
        awaitEnd();
        on(() -> {
            assertThat(stream.call().callId()).isEqualTo("call-1");
            assertThat(end()).isEqualTo(StreamEnd.byGateway("Maximum call length reached"));
            return true;
        });
    }

    @Test
    void theFirstAudioIsTimed() {
        MediaStream stream = started();
        on(() -> {
            agents.last().listener.audio(noise(320), 320);
            return true;
        });
        hangUp(stream);
        on(() -> {
            assertThat(figures().firstAudioMs()).isBetween(0L, 60_000L);
            assertThat(figures().framesOut()).isEqualTo(2);
            return true;
        });
    }

    @Test
    void whatIsSaidIsWrittenDown() {
        started();
        on(() -> {
            AgentListener agent = agents.last().listener;
            agent.agentSaid("Hello, how are");
            agent.userSaid("Fine");
            agent.agentCorrected("Hello, how are", "Hello");
            assertThat(journal.said)
                    .containsExactly("agent: Hello, how are", "user: Fine", "corrected: Hello, how are -> Hello");
            assertThat(journal.conversations).containsExactly("conversation");
            return true;
        });
    }

    @Test
    void aToolIsAnsweredOnItsOwnConversation() {
        started();
        on(() -> {
            agents.last().listener.toolCalled("t1", "weather", Map.of("city", "Paris"));
            return true;
        });
        await().until(() -> on(() -> !agents.last().toolResults.isEmpty()));
        on(() -> assertThat(agents.last().toolResults).containsExactly("t1 weather {city=Paris} false"));
    }

    @Test
    void contextAndMessagesReachALiveAgentFromAnyThread() {
        MediaStream stream = started();
        stream.sendContext("The caller is a regular.");
        stream.sendUserMessage("Goodbye");
        on(() -> {
            assertThat(agents.last().contexts).containsExactly("The caller is a regular.");
            assertThat(agents.last().userMessages).containsExactly("Goodbye");
            return true;
        });
    }

    // ---- the agent is lost ---------------------------------------------------------------------------------------

    @Test
    void aLostConversationIsTakenUpOnceAndToldThatItGoesOn() {
        agents.then(MediaStreamTest::ready).then(MediaStreamTest::ready);
        MediaStream stream = start(PATIENT);
        awaitEvent("agent-connected");
        byte[] spoken = noise(160 * 4);
        on(() -> {
            agents.last().listener.closed(AgentClose.lost("socket dropped"));
            say(stream, spoken, 0, 4); // In the gap.
            return true;
        });
        await().until(() ->
                on(() -> agents.last().call.resumed() && agents.last().heard().length == 640));
        on(() -> {
            assertThat(agents.conversations).hasSize(2);
            assertThat(agents.last().heard()).isEqualTo(spoken);
            assertThat(agents.last().contexts).singleElement().asString().contains("goes on");
            assertThat(journal.log)
                    .containsExactly("media-started", "agent-connected", "agent-lost", "agent-connected");
            agents.last().listener.closed(AgentClose.lost("again"));
            assertThat(agents.conversations).as("once").hasSize(2);
            assertThat(end()).isEqualTo(StreamEnd.agentLost("again"));
            return true;
        });
    }

    @Test
    void aNewConversationHasItsDeadline() {
        agents.then(MediaStreamTest::ready);
        start(new StreamLimits(NEVER, NEVER, 300, NEVER, NEVER, NEVER));
        awaitEvent("agent-connected");
        on(() -> {
            agents.last().listener.closed(AgentClose.lost("socket dropped"));
            return true;
        });
        await().atMost(Duration.ofSeconds(2)).until(() -> on(() -> !journal.ends.isEmpty()));
        on(() -> {
            assertThat(agents.conversations).hasSize(2);
            assertThat(agents.last().closed).isTrue();
            assertThat(end().endedBy()).isNull();
            return true;
        });
    }

    @Test
    void anAgentThatDoesNotReconnectIsLostAtOnce() {
        own = new AgentLimits(null, null, null, null, false);
        started();
        on(() -> {
            agents.last().listener.closed(AgentClose.lost("socket dropped"));
            assertThat(agents.conversations).hasSize(1);
            assertThat(end()).isEqualTo(StreamEnd.agentLost("socket dropped"));
            return true;
        });
    }

    @Test
    void anAgentWithoutAnyMessageIsGivenUp() {
        own = new AgentLimits(null, null, null, null, false);
        start(new StreamLimits(NEVER, NEVER, NEVER, 300, NEVER, NEVER));
        on(() -> {
            ready(agents.last());
            return true;
        });
        awaitEnd();
        on(() -> {
            assertThat(agents.last().closed).isTrue();
            assertThat(end()).isEqualTo(StreamEnd.agentLost("no message for 300 ms"));
            return true;
        });
    }

    @Test
    void anyMessageKeepsAnAgent() {
        start(new StreamLimits(NEVER, NEVER, NEVER, 500, NEVER, 1_500));
        on(() -> {
            ready(agents.last());
            return true;
        });
        long pings = VERTX.setPeriodic(
                50, id -> context.runOnContext(v -> agents.last().listener.alive()));
        awaitEnd();
        VERTX.cancelTimer(pings);
        on(() -> assertThat(end()).isEqualTo(StreamEnd.byGateway("Maximum call length reached")));
    }

    // ---- ends --------------------------------------------------------------------------------------------------

    @Test
    void aSilentCallIsEnded() {
        start(new StreamLimits(NEVER, NEVER, NEVER, NEVER, 300, NEVER));
        on(() -> {
            ready(agents.last());
            return true;
        });
        awaitEnd();
        on(() -> assertThat(end()).isEqualTo(StreamEnd.byGateway("Nobody spoke for 300 ms")));
    }

    @Test
    void neitherTheCallersNorTheAgentsVoiceIsSilence() {
        MediaStream stream = start(new StreamLimits(NEVER, NEVER, NEVER, NEVER, 400, 1_600));
        on(() -> {
            ready(agents.last());
            byte[] tone = tone(8 * 800);
            agents.last().listener.audio(tone, tone.length); // 0.8 s of the agent, then the caller.
            return true;
        });
        byte[] tone = tone(160);
        long speaking = VERTX.setPeriodic(700, 20, id -> context.runOnContext(v -> stream.callerAudio(tone, 160, -1)));
        awaitEnd();
        VERTX.cancelTimer(speaking);
        on(() -> assertThat(end()).isEqualTo(StreamEnd.byGateway("Maximum call length reached")));
    }

    @Test
    void afterTheAgentsNormalCloseTheCallerHearsTheLastWords() {
        started();
        on(() -> {
            byte[] bye = tone(8 * 600 + 10);
            agents.last().listener.audio(bye, bye.length);
            agents.last().listener.closed(AgentClose.ended());
            assertThat(journal.ends).as("0.6 s are still to be heard").isEmpty();
            assertThat(caller.log)
                    .as("the last frame is padded")
                    .contains("audio 160")
                    .last()
                    .isEqualTo("mark 0-620");
            return true;
        });
        long began = System.nanoTime();
        awaitEnd();
        assertThat(endedAfter(began)).isGreaterThan(Duration.ofMillis(300));
        on(() -> assertThat(end()).isEqualTo(StreamEnd.byAgent()));
    }

    @Test
    void theLastMarkEndsTheWaitForTheLastWords() {
        MediaStream stream = started();
        on(() -> {
            byte[] bye = tone(8 * 20_000);
            agents.last().listener.audio(bye, bye.length);
            agents.last().listener.closed(AgentClose.ended());
            stream.callerHeard("0-20000");
            return true;
        });
        await().atMost(Duration.ofSeconds(5)).until(() -> on(() -> !journal.ends.isEmpty()));
        on(() -> assertThat(end()).isEqualTo(StreamEnd.byAgent()));
    }

    @Test
    void whoHangsUpDuringTheLastWordsDoesNotChangeWhoEndedIt() {
        MediaStream stream = started();
        on(() -> {
            byte[] bye = tone(8 * 20_000);
            agents.last().listener.audio(bye, bye.length);
            agents.last().listener.closed(AgentClose.ended());
            stream.callerStopped();
            assertThat(end()).isEqualTo(StreamEnd.byAgent());
            return true;
        });
    }

    @Test
    void theCallerHangsUp() {
        MediaStream stream = started();
        on(() -> {
            stream.callerStopped();
            assertThat(end()).isEqualTo(StreamEnd.byCaller());
            assertThat(agents.last().closed).isTrue();
            return true;
        });
    }

    @Test
    void aCallThatIsMovedOnWasEndedByNobody() {
        MediaStream stream = started();
        stream.movesOn();
        on(() -> {
            stream.callerStopped();
            assertThat(end()).isEqualTo(StreamEnd.movedOn());
            assertThat(end().isMovedOn()).isTrue();
            assertThat(StreamEnd.agentLost("why").isMovedOn()).isFalse();
            assertThat(agents.last().closed).isTrue();
            return true;
        });
    }

    @Test
    void aSocketThatDiesTakesTheAgentAlong() {
        MediaStream stream = started();
        on(() -> {
            stream.callerLost("Socket dropped");
            assertThat(end()).isEqualTo(new StreamEnd("caller", "Socket dropped"));
            assertThat(agents.last().closed).isTrue();
            return true;
        });
    }

    @Test
    void endsOnceHoweverManyEndIt() {
        MediaStream stream = started();
        on(() -> {
            stream.callerStopped();
            stream.callerLost("Socket closed with 1000");
            agents.last().listener.closed(AgentClose.lost("late"));
            stream.hangUp("late");
            return true;
        });
        on(() -> {
            // The hang-up above has run before this.
            assertThat(journal.ends).containsExactly(StreamEnd.byCaller());
            say(stream, noise(160), 0, 1);
            agents.last().listener.audio(noise(160), 160);
            assertThat(caller.log).containsExactly("close");
            assertThat(agents.last().heard()).isEmpty();
            return true;
        });
    }

    // ---- the stage ---------------------------------------------------------------------------------------------

    private MediaStream started() {
        MediaStream stream = start(PATIENT);
        on(() -> {
            ready(agents.last());
            return true;
        });
        return stream;
    }

    @Test
    void whoListensInHearsBothSidesAndTheEnd() {
        List<String> heard = new CopyOnWriteArrayList<>();
        List<byte[]> caller = new CopyOnWriteArrayList<>();
        List<byte[]> spoken = new CopyOnWriteArrayList<>();
        MediaTap tap = new MediaTap() {
            @Override
            public void heard(AgentCall call, Leg side, byte[] mulaw, int length, long at) {
                heard.add(call.callId() + " " + side);
                (side == Leg.CALLER ? caller : spoken).add(Arrays.copyOf(mulaw, length));
            }

            @Override
            public void ended(AgentCall call) {
                heard.add(call.callId() + " ended");
            }
        };
        taps.add(tap);
        MediaStream stream = start(PATIENT);
        byte[] noise = noise(320);
        byte[] pcm = tone(640);
        on(() -> {
            say(stream, noise, 0, 1); // nobody listens yet but the tap
            agents.last().listener.ready(new AgentFormats(ULAW_8000, PCM_16000), "conversation");
            say(stream, noise, 1, 2);
            agents.last().listener.audio(pcm, pcm.length);
            return true;
        });

        hangUp(stream);
        taps.remove(tap);
        on(() -> {
            say(stream, noise, 0, 1);
            return true;
        });

        assertThat(heard).containsExactly("call-1 CALLER", "call-1 CALLER", "call-1 AGENT", "call-1 ended");
        assertThat(caller).containsExactly(Arrays.copyOf(noise, 160), Arrays.copyOfRange(noise, 160, 320));
        assertThat(spoken).containsExactly(converted(PCM_16000, ULAW_8000, pcm));
    }

    private MediaStream start(StreamLimits limits) {
        return on(() -> {
            Agent agent = new Agent("a", "a", "scripted", null, null, null, null, null, null, own);
            AgentCall call = new AgentCall("call-1", "CA1", agent, Map.of(), overrides, false);
            MediaStream stream = new MediaStream(
                    context,
                    caller,
                    call,
                    agents,
                    PIPELINE,
                    limits,
                    journal,
                    new Hooks(),
                    taps,
                    over -> endedAt.add(System.nanoTime()));
            live.add(stream);
            stream.start(agents.prepare(call));
            return stream;
        });
    }

    private final class Hooks implements StreamHooks {

        @Override
        public void digit(AgentCall call, String digit) {
            digits.add(digit);
        }

        @Override
        public void tool(AgentCall call, String tool, Map<String, Object> parameters, ToolAnswer answer) {
            new Thread(() -> answer.answer(tool + " " + parameters, false)).start();
        }
    }

    private static void ready(Conversation agent) {
        agent.listener.ready(new AgentFormats(ULAW_8000, ULAW_8000), "conversation");
    }

    private static void say(MediaStream stream, byte[] spoken, int fromFrame, int toFrame) {
        for (int frame = fromFrame; frame < toFrame; frame++) {
            stream.callerAudio(Arrays.copyOfRange(spoken, 160 * frame, 160 * (frame + 1)), 160, 20L * frame);
        }
    }

    private void hangUp(MediaStream stream) {
        stream.hangUp(null);
        awaitEnd();
    }

    private void awaitEnd() {
        await().until(() -> on(() -> !journal.ends.isEmpty()));
    }

    private void awaitEvent(String type) {
        await().until(() -> on(() -> journal.log.contains(type)));
    }

    private Duration endedAfter(long began) {
        return on(() -> Duration.ofNanos(endedAt.get(0) - began));
    }

    private StreamEnd end() {
        return journal.ends.get(0);
    }

    private MediaFigures figures() {
        return journal.figures.get(0);
    }

    private static byte[] converted(AudioFormat from, AudioFormat to, byte[] audio) {
        MediaCodec codec = new MediaCodec(from, to);
        byte[] out = new byte[codec.maxOutput(audio.length)];
        return Arrays.copyOf(out, codec.convert(audio, 0, audio.length, out, 0));
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] tone(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = MuLaw.encode((int) (8_000 * Math.sin(i / 2.0)));
        }
        return bytes;
    }

    /** Runs on the call's event loop, where everything of a stream lives. */
    private <T> T on(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(v -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }
}
