package dev.patchbay.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.recipe.CallSummaries.Job;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.DueList;
import dev.patchbay.store.EmbeddedDatabase;
import dev.patchbay.store.TranscriptStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which calls are summed up when, and how often that is tried. */
@ExtendWith(EmbeddedDatabase.class)
class CallSummariesIT {

    private final CallStore calls;
    private final TranscriptStore transcripts;
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final DueList due;
    private final CallSummaries summaries;

    CallSummariesIT(MongoDatabase database) {
        calls = new CallStore(database);
        transcripts = new TranscriptStore(database);
        due = new DueList(database, "summaries");
        summaries = restarted();
    }

    private CallSummaries restarted() {
        AgentDirectory nobody = new AgentDirectory(id -> Optional.empty(), number -> Optional.empty(), List.of());
        return new CallSummaries(calls, transcripts, nobody, due, clock);
    }

    private Call call(@Nullable String agentId, @Nullable Instant answeredAt) {
        return calls.open(new Call(
                Ids.next(),
                "CA" + Ids.next(),
                "echo",
                null,
                Direction.INBOUND,
                null,
                "+15550000001",
                agentId,
                CallStatus.COMPLETED,
                Instant.EPOCH,
                answeredAt,
                null,
                65,
                null,
                null,
                MediaFigures.NONE));
    }

    private Call call() {
        return call("general", Instant.EPOCH);
    }

    @Test
    void aCallIsSummedUpWhenItsTimeHasComeAlsoAfterARestart() {
        Call call = call();
        summaries.ended(call, "chat", 60);
        summaries.ended(call, "mail", 90);
        CallSummaries again = restarted();

        clock.pass(59);
        assertThat(again.next(10)).isEmpty();
        clock.pass(1);
        List<Job> jobs = again.next(10);
        assertThat(jobs).extracting(Job::channel).containsExactly("chat");
        assertThat(jobs).extracting(Job::call).containsExactly(call);
        again.done(jobs.get(0));
        assertThat(again.next(10)).isEmpty();
        clock.pass(30);
        assertThat(again.next(10)).extracting(Job::channel).containsExactly("mail");
    }

    @Test
    void onlyCallsThatAnAgentHadAreSummedUp() {
        summaries.ended(call(null, Instant.EPOCH), "chat", 0);
        summaries.ended(call("general", null), "chat", 0);

        assertThat(summaries.next(10)).isEmpty();
    }

    @Test
    void noMoreComeAtOnceThanAreWanted() {
        for (int i = 0; i < 5; i++) {
            summaries.ended(call(), "chat", 0);
        }

        assertThat(summaries.next(3)).hasSize(3);
        assertThat(summaries.next(3)).hasSize(2);
        assertThat(summaries.next(3)).isEmpty();
    }

    @Test
    void whatDoesNotGetThroughIsTriedFiveTimesAMinuteApart() {
        summaries.ended(call(), "chat", 0);

        for (int attempt = 1; attempt <= 5; attempt++) {
            List<Job> jobs = summaries.next(10);
            assertThat(jobs).as("attempt " + attempt).hasSize(1);
            assertThat(jobs.get(0).due().attempt()).isEqualTo(attempt);
            summaries.failed(jobs.get(0));
            assertThat(summaries.next(10)).isEmpty();
            clock.pass(60);
        }
        assertThat(summaries.next(10)).isEmpty();
    }

    @Test
    void ofALongCallTheEndIsRead() {
        Call call = call();
        for (int i = 0; i < 1_200; i++) {
            transcripts.append(call.id(), "user", "line " + i, Instant.EPOCH.plusSeconds(i));
        }

        assertThat(summaries.said(call)).hasSizeBetween(11_000, 12_000).endsWith("user: line 1199");
    }

    @Test
    void anUnknownCallerAndAgentAreNamedAsFarAsTheyAreKnown() {
        assertThat(summaries.text(call(), null))
                .startsWith("Call from somebody, agent general: completed after 1:05 min.");
    }
}
