package dev.patchbay.recipe;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.Call;
import dev.patchbay.call.Direction;
import dev.patchbay.call.TranscriptTurn;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.DueList;
import dev.patchbay.store.DueList.Due;
import dev.patchbay.store.TranscriptStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which calls are still to be summed up, and what there is to say about them. A bean of {@code routes/recipe/call-summary}.
 * What is to be done is in the store, so a restart loses none. All methods block: for worker threads only.
 */
public final class CallSummaries {

    /** How long one attempt to tell somebody may take; then it is made again. */
    private static final Duration ATTEMPT = Duration.ofMinutes(1);

    private static final int MOST_ATTEMPTS = 5;

    /** Of what was said, in characters, the end of it: what a language model is asked to read. */
    private static final int LONGEST = 12_000;

    private static final int TURNS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(CallSummaries.class);

    private final CallStore calls;
    private final TranscriptStore transcripts;
    private final AgentDirectory agents;
    private final DueList due;
    private final Clock clock;

    public CallSummaries(
            CallStore calls, TranscriptStore transcripts, AgentDirectory agents, DueList due, Clock clock) {
        this.calls = calls;
        this.transcripts = transcripts;
        this.agents = agents;
        this.due = due;
        this.clock = clock;
    }

    /**
     * A call that is to be summed up now.
     *
     * @param channel who is told: {@code chat}, {@code mail}
     */
    public record Job(Call call, String channel, Due due) {}

    /**
     * A call is over. It is summed up if an agent had it.
     *
     * @param seconds how long the agent's provider is given to say what it makes of the call
     */
    public void ended(Call call, String channel, int seconds) {
        if (call.agentId() != null && call.answeredAt() != null) {
            due.add(channel + "/" + call.id(), clock.instant().plusSeconds(seconds));
        }
    }

    /** The calls to sum up now, at most so many; empty when none is due. */
    public List<Job> next(int most) {
        List<Job> jobs = new ArrayList<>();
        while (jobs.size() < most) {
            Optional<Due> taken = due.take(clock.instant(), ATTEMPT);
            if (taken.isEmpty()) {
                return jobs;
            }
            String what = taken.get().what();
            int channel = what.indexOf('/');
            Optional<Call> call = calls.find(what.substring(channel + 1));
            if (call.isPresent()) {
                jobs.add(new Job(call.get(), what.substring(0, channel), taken.get()));
            } else {
                due.done(taken.get());
            }
        }
        return jobs;
    }

    /** The channel was told. */
    public void done(Job job) {
        due.done(job.due());
    }

    /** The channel could not be told; it is tried again in a minute, five times at most. */
    public void failed(Job job) {
        if (job.due().attempt() >= MOST_ATTEMPTS) {
            due.done(job.due());
            LOG.error(
                    "Call {}: its summary was given up after {} attempts",
                    job.call().id(),
                    MOST_ATTEMPTS);
        }
    }

    /** What the agent's provider makes of the call: the summary that ElevenLabs or Retell wrote; null without one. */
    public @Nullable String told(Call call) {
        Map<String, Object> analysis = call.outcome().analysis();
        Object summary = analysis.getOrDefault("transcript_summary", analysis.get("call_summary"));
        return summary instanceof String text && !text.isBlank() ? text.strip() : null;
    }

    /** What was said, a line for each turn; of a long call the end; null when nothing was. */
    public @Nullable String said(Call call) {
        StringBuilder text = new StringBuilder();
        String cursor = null;
        do {
            var page = transcripts.list(call.id(), cursor, TURNS);
            for (TranscriptTurn turn : page.items()) {
                text.append(turn.role()).append(": ").append(turn.text()).append('\n');
            }
            text.delete(0, Math.max(0, text.length() - LONGEST));
            cursor = page.nextCursor();
        } while (cursor != null);
        return text.isEmpty() ? null : text.toString().strip();
    }

    /** Who spoke with whom, how long, and who ended it; then the summary, where there is one. */
    public String text(Call call, @Nullable String summary) {
        String agentId = String.valueOf(call.agentId());
        int seconds = Objects.requireNonNullElse(call.duration(), 0);
        return "%s %s, agent %s: %s after %d:%02d min%s.%n%s%n(call %s)"
                .formatted(
                        call.direction() == Direction.INBOUND ? "Call from" : "Call to",
                        Objects.requireNonNullElse(call.customer(), "somebody"),
                        agents.find(agentId).map(Agent::name).orElse(agentId),
                        call.status().wire(),
                        seconds / 60,
                        seconds % 60,
                        call.endedBy() == null ? "" : ", ended by the " + call.endedBy(),
                        Objects.requireNonNullElse(summary, "There is no summary."),
                        call.id());
    }

    /** The text as a chat's incoming webhook takes it: {@code {text}}, in which nothing is a mention, a link or a tag. */
    public Map<String, String> chat(String text) {
        return Map.of("text", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
}
