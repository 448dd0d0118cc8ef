package dev.patchbay.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.media.MediaStreams.Expected;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MediaStreamsTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final Context context = VERTX.getOrCreateContext();
    private final ScriptedAgents agents = new ScriptedAgents();
    private final List<RecordingJournal> journals = new ArrayList<>();
    private final MediaStreams streams = new MediaStreams(
            properties(2), List.of(agents), new MediaPipeline(), this::journal, new NoHooks(), clock::get);

    @AfterAll
    static void close() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void aTokenIsGoodForOneSocket() {
        AgentCall call = call("CA1");
        Expected expected = streams.expect(call).orElseThrow();
        assertThat(expected.call()).isEqualTo(call);
        assertThat(streams.claim(expected.token())).contains(expected);
        assertThat(streams.claim(expected.token())).isEmpty();
        assertThat(streams.claim("guessed")).isEmpty();
    }

    @Test
    void aTokenCannotBeGuessedAndFitsIntoAPath() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            String token = streams.expect(call("CA1")).orElseThrow().token();
            assertThat(token).matches("[A-Za-z0-9_-]{32}"); // 192 bits
            tokens.add(token);
        }
        assertThat(tokens).hasSize(200);
    }

    @Test
    void aTokenLivesForAMinute() {
        String early = streams.expect(call("CA1")).orElseThrow().token();
        clock.addAndGet(60_000);
        assertThat(streams.claim(early)).isPresent();
        String late = streams.expect(call("CA1")).orElseThrow().token();
        clock.addAndGet(60_001);
        assertThat(streams.claim(late)).isEmpty();
    }

    @Test
    void aRepeatedWebhookVoidsTheTokenBefore() {
        String first = streams.expect(call("CA1")).orElseThrow().token();
        String other = streams.expect(call("CA2")).orElseThrow().token();
        String second = streams.expect(call("CA1")).orElseThrow().token();
        assertThat(streams.claim(first)).isEmpty();
        assertThat(streams.claim(second)).isPresent();
        assertThat(streams.claim(other)).as("another call's stays").isPresent();
    }

    @Test
    void whatAnOldTokenLeavesBehindDoesNotVoidANewOne() {
        streams.claim(streams.expect(call("CA1")).orElseThrow().token());
        String second = streams.expect(call("CA1")).orElseThrow().token();
        clock.addAndGet(60_001);
        String third = streams.expect(call("CA1")).orElseThrow().token();
        assertThat(streams.claim(second)).isEmpty();
        assertThat(streams.claim(third)).isPresent();
    }

    @Test
    void callsOnTheirWayCountForTenSeconds() {
        assertThat(streams.load()).isZero();
        streams.expect(call("CA1"));
        streams.expect(call("CA2"));
        assertThat(streams.load()).isEqualTo(2);
        assertThat(streams.expect(call("CA3"))).as("full").isEmpty();
        clock.addAndGet(9_999);
        assertThat(streams.expect(call("CA3"))).isEmpty();
        clock.addAndGet(1);
        assertThat(streams.load()).isZero();
        assertThat(streams.expect(call("CA3"))).isPresent();
    }

    @Test
    void openSocketsCountUntilTheyAreClosed() {
        streams.claim(streams.expect(call("CA1")).orElseThrow().token());
        streams.socketOpened();
        streams.socketOpened();
        clock.addAndGet(1_000_000);
        assertThat(streams.load()).isEqualTo(2);
        assertThat(streams.expect(call("CA3"))).isEmpty();
        streams.socketClosed();
        assertThat(streams.load()).isEqualTo(1);
        assertThat(streams.expect(call("CA3"))).isPresent();
        assertThat(streams.load()).as("a socket and a call on its way").isEqualTo(2);
        assertThat(streams.expect(call("CA4"))).isEmpty();
    }

    @Test
    void aRepeatedWebhookIsNotAnotherCall() {
        streams.expect(call("CA1"));
        streams.expect(call("CA2"));
        assertThat(streams.expect(call("CA1"))).isPresent();
        assertThat(streams.load()).isEqualTo(2);
    }

    @Test
    void aCallThatIsTalkingMayBeAnsweredAgainWhenFull() {
        MediaStream stream = start(streams.expect(call("CA1")).orElseThrow(), new RecordingCaller());
        streams.socketOpened();
        streams.socketOpened();
        assertThat(streams.expect(call("CA2"))).isEmpty();
        assertThat(streams.expect(call("CA1"))).isPresent();
        stream.hangUp(null);
    }

    @Test
    void aRefusedCallIsNotPrepared() {
        streams.expect(call("CA1"));
        streams.expect(call("CA2"));
        streams.expect(call("CA3"));
        assertThat(agents.prepared).extracting(AgentCall::callSid).containsExactly("CA1", "CA2");
    }

    @Test
    void aProviderWithoutLiveAudioIsNamed() {
        Agent human = new Agent("h", "h", "dial", "+14155550123", null, null, null, null, null, AgentLimits.DEFAULT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> streams.expect(new AgentCall("id", "CA1", human, Map.of(), true, false)))
                .withMessage("Provider dial takes no live audio");
    }

    @Test
    void anotherProvidersAudioMayCarryACall() {
        Agent acmes = new Agent("a", "a", "acme", null, null, null, null, null, null, AgentLimits.DEFAULT);
        AgentCall call = new AgentCall("id", "CA1", acmes, Map.of(), true, false);

        Expected expected = streams.expect(call, "scripted").orElseThrow();

        assertThat(expected.connector()).isSameAs(agents);
        assertThat(start(expected, new RecordingCaller()).call().agent()).isEqualTo(acmes);
    }

    @Test
    void aLiveStreamIsFoundByEitherIdUntilItEnds() {
        MediaStream stream = start(streams.expect(call("CA1")).orElseThrow(), new RecordingCaller());
        assertThat(streams.find("CA1")).contains(stream);
        assertThat(streams.find("id of CA1")).contains(stream);
        assertThat(streams.find("CA2")).isEmpty();
        stream.hangUp(null);
        await().until(() -> streams.find("CA1").isEmpty());
    }

    @Test
    void aSecondStreamOfACallEndsTheFirst() {
        RecordingCaller first = new RecordingCaller();
        RecordingCaller second = new RecordingCaller();
        start(streams.expect(call("CA1")).orElseThrow(), first);
        MediaStream stream = start(streams.expect(call("CA1")).orElseThrow(), second);
        await().until(() -> on(() -> first.log.contains("close")));
        assertThat(streams.find("CA1")).as("the second stays").contains(stream);
        assertThat(on(() -> second.log)).isEmpty();
        assertThat(on(() -> journals.get(0).ends.get(0).endedBy())).isEqualTo("gateway");
        stream.hangUp(null);
    }

    @Test
    void atTheEndAllCallsAreHungUpAndNoMoreAreTaken() throws Exception {
        start(streams.expect(call("CA1")).orElseThrow(), new RecordingCaller());
        start(streams.expect(call("CA2")).orElseThrow(), new RecordingCaller());
        streams.drain("Shutting down", Duration.ZERO);
        await().until(() -> on(() -> journals.stream().allMatch(journal -> journal.ends.size() == 1)));
        assertThat(on(() -> journals.get(1).ends)).containsExactly(StreamEnd.byGateway("Shutting down"));
        assertThat(streams.expect(call("CA3"))).isEmpty();
    }

    @Test
    void anAgentsOwnLimitsComeFirst() {
        AgentLimits own =
                new AgentLimits(Duration.ofMinutes(5), null, Duration.ofSeconds(7), Duration.ofSeconds(1), true);
        assertThat(StreamLimits.of(properties(1), own))
                .isEqualTo(new StreamLimits(1_000, 4_500, 2_000, 7_000, 60_000, 300_000));
        assertThat(StreamLimits.of(properties(1), AgentLimits.DEFAULT))
                .isEqualTo(new StreamLimits(2_000, 4_500, 2_000, 20_000, 60_000, 3_600_000));
    }

    private MediaStream start(Expected expected, RecordingCaller caller) {
        return on(() -> streams.start(context, caller, expected));
    }

    private StreamJournal journal(AgentCall call) {
        RecordingJournal journal = new RecordingJournal();
        journals.add(journal);
        return journal;
    }

    private static AgentCall call(String callSid) {
        Agent agent = new Agent("a", "a", "scripted", null, null, null, null, null, null, AgentLimits.DEFAULT);
        return new AgentCall("id of " + callSid, callSid, agent, Map.of(), true, false);
    }

    private static MediaProperties properties(int maxCalls) {
        return new MediaProperties(
                maxCalls,
                Duration.ofSeconds(2),
                Duration.ofMillis(4_500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

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
