package dev.patchbay.provider.retell;

import dev.patchbay.call.CallOutcome;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.TranscriptTurn;
import dev.patchbay.provider.JsonEvent;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Retell webhook says (CONTRACTS 5): {@code {event, call{...}}}.
 *
 * @param type {@code call_started}, {@code call_ended}, {@code call_analyzed} and others, which change nothing
 * @param callId Retell's
 * @param call the call object; more of it is filled in with every event
 */
public record RetellEvent(String type, String callId, JsonEvent call) {

    private static final Set<String> CALLER_ENDED = Set.of("user_hangup", "user_declined");
    private static final Set<String> NOT_ANSWERED = Set.of("dial_no_answer", "registered_call_timeout");
    private static final Pattern FAILED =
            Pattern.compile("error_.*|dial_failed|invalid_destination|telephony_provider_.*|sip_routing_error"
                    + "|concurrency_limit_reached|no_valid_payment|registered_call_timeout");
    private static final Pattern LINE = Pattern.compile("(?m)^(Agent|User): (.*)$");

    static RetellEvent read(String body) {
        JsonEvent event = JsonEvent.read("retell", body);
        JsonEvent call = event.object("call");
        return new RetellEvent(
                Objects.requireNonNullElse(event.text("event"), ""),
                Objects.requireNonNullElse(call.text("call_id"), ""),
                call);
    }

    /** When Retell took the call; null before. */
    @Nullable
    Instant startedAt() {
        return call.millis("start_timestamp");
    }

    @Nullable
    Instant endedAt() {
        return call.millis("end_timestamp");
    }

    /** Seconds; null while the call goes on. */
    @Nullable
    Integer duration() {
        Number millis = call.number("duration_ms");
        return millis == null ? null : (int) (millis.longValue() / 1000);
    }

    CallOutcome outcome() {
        return new CallOutcome(reason(), call.object("call_analysis").json().getMap());
    }

    /** {@code caller} or {@code agent}; null when neither wanted the end, or while the call goes on. */
    @Nullable
    String endedBy() {
        String reason = reason();
        if (reason == null || error() != null || NOT_ANSWERED.contains(reason) || reason.equals("dial_busy")) {
            return null;
        }
        return CALLER_ENDED.contains(reason) ? "caller" : "agent";
    }

    /** What went wrong on Retell's side; null when nothing did. */
    @Nullable
    String error() {
        String reason = reason();
        return reason != null && FAILED.matcher(reason).matches() ? "Retell: " + reason : null;
    }

    /** How a call ended that Retell placed itself, so that nobody else says it. */
    CallStatus finalStatus() {
        String reason = Objects.requireNonNullElse(reason(), "");
        if (reason.equals("dial_busy")) {
            return CallStatus.BUSY;
        }
        if (NOT_ANSWERED.contains(reason) || reason.equals("user_declined")) {
            return CallStatus.NO_ANSWER;
        }
        return startedAt() == null && error() != null ? CallStatus.FAILED : CallStatus.COMPLETED;
    }

    /** What was said, from {@code transcript_object}, or from the lines of {@code transcript}, which have no times. */
    List<TranscriptTurn> turns() {
        Instant start = Objects.requireNonNullElse(startedAt(), Instant.EPOCH);
        List<TranscriptTurn> turns = new ArrayList<>();
        if (call.json().getValue("transcript_object") instanceof Iterable<?> utterances) {
            for (Object utterance : utterances) {
                if (utterance instanceof JsonObject spoken) {
                    add(turns, new JsonEvent(spoken), start);
                }
            }
        }
        if (turns.isEmpty()) {
            Matcher line = LINE.matcher(Objects.requireNonNullElse(call.text("transcript"), ""));
            while (line.find()) {
                String role = line.group(1).equals("Agent") ? TranscriptTurn.AGENT : TranscriptTurn.USER;
                turns.add(new TranscriptTurn(role, line.group(2), start));
            }
        }
        return turns;
    }

    private static void add(List<TranscriptTurn> turns, JsonEvent utterance, Instant start) {
        String role = Objects.requireNonNullElse(utterance.text("role"), "");
        String text = utterance.text("content");
        if (text != null && (role.equals(TranscriptTurn.AGENT) || role.equals(TranscriptTurn.USER))) {
            turns.add(new TranscriptTurn(role, text, start.plusMillis(offset(utterance))));
        }
    }

    /** Milliseconds from the call's start to the first word, whose {@code start} is in seconds. */
    private static long offset(JsonEvent utterance) {
        if (utterance.json().getValue("words") instanceof Iterable<?> words) {
            for (Object word : words) {
                Number start = word instanceof JsonObject first ? new JsonEvent(first).number("start") : null;
                return start == null ? 0 : Math.round(start.doubleValue() * 1000);
            }
        }
        return 0;
    }

    private @Nullable String reason() {
        return call.text("disconnection_reason");
    }
}
