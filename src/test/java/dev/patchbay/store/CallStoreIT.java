package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallEvents;
import dev.patchbay.call.CallOutcome;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedDatabase.class)
class CallStoreIT {

    private static final Instant START = Instant.parse("2025-01-02T03:04:05.678Z");
    private static final MediaFigures FIGURES = new MediaFigures(100, 90, 1, 2, 350L);

    private final CallStore calls;
    private final SessionStore sessions;
    private final List<CallEvent> told = new CopyOnWriteArrayList<>();

    CallStoreIT(MongoDatabase database) {
        CallEvents events = new CallEvents();
        events.listen(told::add);
        sessions = new SessionStore(database);
        calls = new CallStore(database, events);
    }

    @Test
    void thatACallIsOverIsToldOnceWhoeverEndsIt() {
        Call call = calls.open(call("CA1"));
        calls.advance("CA1", CallStatus.IN_PROGRESS, START.plusSeconds(1));
        calls.media(call.id(), FIGURES, "caller", null);
        assertThat(told).isEmpty();

        calls.complete("CA1", new CallEnd(CallStatus.COMPLETED, START.plusSeconds(4), null, "gateway", "late"));
        calls.complete(call.id(), new CallEnd(CallStatus.FAILED, START.plusSeconds(5), 9, null, null));
        calls.advance("CA1", CallStatus.BUSY, START.plusSeconds(6));
        calls.complete("CA2", new CallEnd(CallStatus.COMPLETED, START, null, null, null));

        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.callId()).isEqualTo(call.id());
            assertThat(event.type()).isEqualTo("call-completed");
            assertThat(event.at()).isEqualTo(START.plusSeconds(4));
            assertThat(event.data())
                    .containsExactly(
                            Map.entry("status", "completed"),
                            Map.entry("duration", 3),
                            Map.entry("ended_by", "caller"),
                            Map.entry("error", "late"));
        });
    }

    @Test
    void aCallIsReadAsItWasStored() {
        Call full = new Call(
                Ids.next(),
                "CA1",
                "elevenlabs",
                "conv_1",
                Direction.OUTBOUND,
                "+14155550123",
                "+14155550124",
                "general",
                CallStatus.COMPLETED,
                START,
                START.plusSeconds(1),
                START.plusSeconds(3),
                2,
                "agent",
                "none",
                FIGURES);
        assertThat(calls.open(full)).isEqualTo(full);
        assertThat(calls.find(full.id())).contains(full);
        assertThat(calls.find("CA1")).contains(full);
        assertThat(calls.find("conv_1")).contains(full);
        assertThat(calls.find("CA2")).isEmpty();
    }

    @Test
    void whatTheProviderSaysIsNewsOnce() {
        Call call = calls.open(call("CA1"));
        CallOutcome ended = new CallOutcome("user_hangup", Map.of());
        CallOutcome analyzed = new CallOutcome("user_hangup", Map.of("scores", Map.of("a.b", 1)));

        assertThat(calls.outcome("CA1", ended, "caller", null)).isTrue();
        assertThat(calls.outcome("CA1", ended, "caller", null)).isFalse();
        assertThat(calls.outcome(call.id(), analyzed, "agent", "Retell: error_asr"))
                .isTrue();
        assertThat(calls.outcome(call.id(), analyzed, "agent", "Retell: error_asr"))
                .isFalse();
        assertThat(calls.outcome("CA2", ended, null, null)).isFalse();

        Call found = calls.find(call.id()).orElseThrow();
        assertThat(found.outcome())
                .as("dots mean something in MongoDB")
                .isEqualTo(new CallOutcome("user_hangup", Map.of("scores", Map.of("a_b", 1))));
        assertThat(found.endedBy()).as("as first noted").isEqualTo("caller");
        assertThat(found.error()).isEqualTo("Retell: error_asr");
    }

    @Test
    void aSessionGoesWhereItsCallGoes() {
        Call call = calls.open(call("CA1"));
        Call other = calls.open(call("CA2"));
        calls.advance("CA1", CallStatus.RINGING, START);

        new SessionLog(sessions, calls).opened(Session.call("twilio", call, Map.of()));
        assertThat(status(call)).as("what happened meanwhile").isEqualTo("ringing");
        calls.advance("CA1", CallStatus.IN_PROGRESS, START);
        calls.advance("CA2", CallStatus.IN_PROGRESS, START);
        assertThat(status(call)).isEqualTo("in-progress");
        calls.complete("CA1", new CallEnd(CallStatus.COMPLETED, START.plusSeconds(3), 3, null, null));

        assertThat(sessions.find(call.id()).orElseThrow().endedAt()).isEqualTo(START.plusSeconds(3));
        assertThat(status(call)).isEqualTo("completed");
        assertThat(sessions.find(other.id())).isEmpty();
    }

    private String status(Call call) {
        return sessions.find(call.id()).orElseThrow().status();
    }

    @Test
    void aSecondOpenOfACallSidReturnsTheFirstRecord() {
        Call first = calls.open(call("CA1"));
        assertThat(calls.open(call("CA1"))).isEqualTo(first);
        assertThat(calls.list(null, 50).items()).containsExactly(first);
    }

    @Test
    void aCallThatAnEventOpenedIsMeantForItsAgentUntilAnotherAnswers() {
        Call call = calls.open(call("CA1"));
        calls.meantFor(call.id(), "sales");
        assertThat(stored("CA1").agentId()).isEqualTo("sales");

        calls.assign(call.id(), "echo", "general");
        calls.meantFor(call.id(), "sales");
        assertThat(stored("CA1").agentId()).isEqualTo("general");
    }

    @Test
    void concurrentOpensOfACallSidAgreeOnOneRecord() throws Exception {
        for (int round = 0; round < 20; round++) {
            String callSid = "CA" + round;
            List<String> ids = atOnce(8, i -> () -> calls.open(call(callSid)).id());
            assertThat(ids).as("ids for %s", callSid).containsOnly(ids.get(0));
        }
        assertThat(calls.list(null, 50).items()).hasSize(20);
    }

    @Test
    void callsWithoutACallSidDoNotCollide() {
        Call one = calls.open(call(null));
        Call other = calls.open(call(null));
        assertThat(calls.list(null, 50).items()).containsExactly(other, one);
    }

    @Test
    void statusGoesForwardOnly() {
        calls.open(call("CA1"));
        assertThat(calls.advance("CA1", CallStatus.IN_PROGRESS, START.plusSeconds(2)))
                .isTrue();
        assertThat(calls.advance("CA1", CallStatus.RINGING, START.plusSeconds(3)))
                .isFalse();
        assertThat(calls.advance("CA1", CallStatus.IN_PROGRESS, START.plusSeconds(4)))
                .isFalse();
        assertThat(calls.advance("CA2", CallStatus.RINGING, START)).isFalse();
        assertThat(stored("CA1").status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(stored("CA1").answeredAt()).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void aTerminalStatusCompletes() {
        calls.open(call("CA1"));
        assertThat(calls.advance("CA1", CallStatus.BUSY, START.plusSeconds(2))).isTrue();
        assertThat(stored("CA1").endedAt()).isEqualTo(START.plusSeconds(2));
        assertThat(stored("CA1").duration()).isEqualTo(2);
        assertThat(calls.advance("CA1", CallStatus.COMPLETED, START.plusSeconds(3)))
                .isFalse();
        assertThat(stored("CA1").status()).isEqualTo(CallStatus.BUSY);
    }

    @Test
    void durationCountsFromTheAnswer() {
        calls.open(call("CA1"));
        calls.advance("CA1", CallStatus.IN_PROGRESS, START.plusSeconds(10));
        assertThat(calls.complete("CA1", completed(START.plusSeconds(75), null)))
                .isTrue();
        assertThat(stored("CA1").duration()).isEqualTo(65);
    }

    @Test
    void theProvidersDurationStands() {
        calls.open(call("CA1"));
        assertThat(calls.complete(
                        "CA1", new CallEnd(CallStatus.COMPLETED, START.plusSeconds(75), 42, "caller", "late")))
                .isTrue();
        Call ended = stored("CA1");
        assertThat(ended.duration()).isEqualTo(42);
        assertThat(ended.endedBy()).isEqualTo("caller");
        assertThat(ended.error()).isEqualTo("late");
    }

    @Test
    void aCallIsCompletedOnceHoweverManyTry() throws Exception {
        for (int round = 0; round < 20; round++) {
            String callSid = "CA" + round;
            calls.open(call(callSid));
            List<Boolean> done =
                    atOnce(8, i -> () -> calls.complete(callSid, completed(START.plusSeconds(i), "writer" + i)));
            assertThat(done).as("completions of %s", callSid).containsOnlyOnce(true);
            Call ended = stored(callSid);
            assertThat(ended.endedBy()).isEqualTo("writer" + done.indexOf(true));
            assertThat(ended.endedAt()).isEqualTo(START.plusSeconds(done.indexOf(true)));
        }
    }

    @Test
    void aCallThatWasReadBeforeIsChangedAsItIsNow() {
        Call read = calls.open(call("CA1"));
        calls.note(read.id(), "caller", null);

        calls.answered(read, "elevenlabs", "general", START.plusSeconds(1));
        assertThat(calls.advance(read, CallStatus.IN_PROGRESS, START.plusSeconds(2)))
                .isFalse();
        assertThat(calls.complete(read, completed(START.plusSeconds(5), "agent")))
                .isTrue();
        assertThat(calls.complete(read, completed(START.plusSeconds(6), "agent")))
                .isFalse();

        Call ended = stored("CA1");
        assertThat(ended.answeredAt()).isEqualTo(START.plusSeconds(1));
        assertThat(ended.agentId()).isEqualTo("general");
        assertThat(ended.duration()).as("counts from the answer").isEqualTo(4);
        assertThat(ended.endedBy()).as("as first noted").isEqualTo("caller");
    }

    @Test
    void ofManyWhoReadACallOneCompletesIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            Call read = calls.open(call("CA" + round));
            List<Callable<Boolean>> writers = List.of(
                    () -> calls.complete(read, completed(START.plusSeconds(1), "one")),
                    () -> calls.complete(read, completed(START.plusSeconds(2), "other")),
                    () -> calls.advance(read, CallStatus.IN_PROGRESS, START));
            List<Boolean> done = atOnce(writers.size(), writers::get);
            assertThat(done.subList(0, 2)).containsOnlyOnce(true);
            assertThat(stored("CA" + round).status()).isEqualTo(CallStatus.COMPLETED);
            assertThat(stored("CA" + round).endedBy()).isEqualTo(done.get(0) ? "one" : "other");
        }
    }

    @Test
    void onlyATerminalStatusEndsACall() {
        assertThatThrownBy(() -> new CallEnd(CallStatus.RINGING, START, null, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writersOfDifferentFieldsLoseNothing() throws Exception {
        for (int round = 0; round < 20; round++) {
            String id = calls.open(call("CA" + round)).id();
            int n = round;
            List<Runnable> writers = List.of(
                    () -> calls.assign(id, "elevenlabs", "general"),
                    () -> calls.providerCall(id, "conv_" + n),
                    () -> calls.media(id, FIGURES, "agent", null),
                    () -> calls.complete(id, completed(START.plusSeconds(5), null)));
            atOnce(writers.size(), i -> Executors.callable(writers.get(i)));
            Call call = stored(id);
            assertThat(call.agentId()).isEqualTo("general");
            assertThat(call.providerCallId()).isEqualTo("conv_" + n);
            assertThat(call.media()).isEqualTo(FIGURES);
            assertThat(call.status()).isEqualTo(CallStatus.COMPLETED);
            assertThat(call.endedBy()).isEqualTo("agent");
        }
    }

    @Test
    void whoEndedItFirstStandsAndNullOverwritesNothing() {
        String id = calls.open(call("CA1")).id();
        calls.media(id, FIGURES, "agent", "agent closed with 1006");
        calls.media(id, FIGURES, null, null);
        calls.complete(id, completed(START.plusSeconds(5), "caller"));
        assertThat(stored(id).endedBy()).isEqualTo("agent");
        assertThat(stored(id).error()).isEqualTo("agent closed with 1006");
    }

    @Test
    void theFiguresOfSeveralLegsAddUp() {
        String id = calls.open(call("CA1")).id();
        calls.media(id, new MediaFigures(10, 0, 1, 0, null), null, null);
        calls.media(id, FIGURES, null, null);
        calls.media(id, new MediaFigures(1, 1, 0, 0, 20L), "caller", null);
        calls.note(id, "gateway", "too late");
        assertThat(stored(id).media()).isEqualTo(new MediaFigures(111, 91, 2, 2, 350L));
        assertThat(stored(id).endedBy()).isEqualTo("caller");
        assertThat(stored(id).error()).isEqualTo("too late");
    }

    @Test
    void aNoteLeavesTheFiguresAlone() {
        String id = calls.open(call("CA1")).id();
        calls.media(id, FIGURES, null, null);
        calls.note(id, "gateway", null);
        calls.note(id, "caller", "something");
        assertThat(stored(id).media()).isEqualTo(FIGURES);
        assertThat(stored(id).endedBy()).isEqualTo("gateway");
        assertThat(stored(id).error()).isEqualTo("something");
    }

    @Test
    void mediaDoesNotCompleteACall() {
        String id = calls.open(call("CA1")).id();
        calls.media(id, FIGURES, "caller", null);
        assertThat(stored(id).status()).isEqualTo(CallStatus.RINGING);
        assertThat(stored(id).endedAt()).isNull();
    }

    @Test
    void aProvidersIdStaysWithTheFirstCallThatHasIt() {
        String first = calls.open(call("CA1")).id();
        String second = calls.open(call("CA2")).id();
        calls.providerCall(first, "conv_1");
        calls.providerCall(second, "conv_1");
        assertThat(calls.find("conv_1")).map(Call::id).contains(first);
        assertThat(stored(second).providerCallId()).isNull();
    }

    @Test
    void listsNewestFirstPageByPage() {
        List<Call> opened = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> opened.add(0, calls.open(call("CA" + i))));
        Page<Call> first = calls.list(null, 2);
        Page<Call> second = calls.list(first.nextCursor(), 2);
        Page<Call> third = calls.list(second.nextCursor(), 2);
        assertThat(first.items()).isEqualTo(opened.subList(0, 2));
        assertThat(second.items()).isEqualTo(opened.subList(2, 4));
        assertThat(third.items()).isEqualTo(opened.subList(4, 5));
        assertThat(third.nextCursor()).isNull();
        assertThat(calls.list(null, 5).nextCursor()).isNull();
    }

    private Call stored(String id) {
        return calls.find(id).orElseThrow();
    }

    private static CallEnd completed(Instant at, @Nullable String endedBy) {
        return new CallEnd(CallStatus.COMPLETED, at, null, endedBy, null);
    }

    private static Call call(@Nullable String callSid) {
        return new Call(
                Ids.next(),
                callSid,
                null,
                null,
                Direction.INBOUND,
                "anonymous",
                "+14155550124",
                null,
                CallStatus.RINGING,
                START,
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }

    private interface Task<T> {
        Callable<T> of(int i);
    }

    /** Runs n tasks that all start when the last one is ready. */
    private static <T> List<T> atOnce(int n, Task<T> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(n);
        ExecutorService threads = Executors.newFixedThreadPool(n);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                Callable<T> work = task.of(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
