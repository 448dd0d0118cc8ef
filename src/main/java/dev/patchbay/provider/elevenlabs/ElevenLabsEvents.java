package dev.patchbay.provider.elevenlabs;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallOutcome;
import dev.patchbay.call.TranscriptTurn;
import dev.patchbay.provider.JsonEvent;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.TranscriptStore;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes call records with what ElevenLabs tells after a call (CONTRACTS 4.6): {@code post_call_transcription}. Told
 * again, it changes nothing.
 */
public final class ElevenLabsEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ElevenLabsEvents.class);

    /** The event that says what a conversation was. */
    private static final String TRANSCRIPTION = "post_call_transcription";

    /** The event with the sound of a conversation; its type is among the first members. */
    private static final Pattern AUDIO = Pattern.compile("\"type\"\\s*:\\s*\"post_call_audio\"");

    private final CallStore calls;
    private final CallEventStore events;
    private final TranscriptStore transcripts;

    public ElevenLabsEvents(CallStore calls, CallEventStore events, TranscriptStore transcripts) {
        this.calls = calls;
        this.events = events;
        this.transcripts = transcripts;
    }

    /** Whether an event that begins so is the sound of a conversation, which changes nothing here. */
    static boolean isAudio(String head) {
        return AUDIO.matcher(head).find();
    }

    /** Takes an event; others than the transcription, and conversations that were none of our calls, change nothing. */
    public void update(String body) {
        JsonEvent event = JsonEvent.read("elevenlabs", body);
        JsonEvent data = event.object("data");
        String conversation = data.text("conversation_id");
        if (!TRANSCRIPTION.equals(event.text("type")) || conversation == null) {
            LOG.debug("ElevenLabs {} changes nothing", event.text("type"));
            return;
        }
        Optional<Call> call = calls.find(conversation);
        if (call.isEmpty()) {
            LOG.info("ElevenLabs {} is about no call of ours", TRANSCRIPTION);
            return;
        }
        complete(call.get(), data);
    }

    private void complete(Call call, JsonEvent data) {
        // What was heard live stands: it has what the caller really heard, and every conversation of the call.
        if (transcripts.isEmpty(call.id())) {
            transcripts.put(call.id(), turns(data, call.startedAt()));
        }
        JsonEvent metadata = data.object("metadata");
        CallOutcome outcome = new CallOutcome(
                metadata.text("termination_reason"),
                data.object("analysis").json().getMap());
        if (calls.outcome(call.id(), outcome, null, null)) {
            events.append(
                    call.id(),
                    "elevenlabs-call-analyzed",
                    Map.of("status", Objects.requireNonNullElse(data.text("status"), "done")));
        }
    }

    private static List<TranscriptTurn> turns(JsonEvent data, Instant callStart) {
        Instant start = Objects.requireNonNullElse(data.object("metadata").seconds("start_time_unix_secs"), callStart);
        List<TranscriptTurn> turns = new ArrayList<>();
        if (data.json().getValue("transcript") instanceof Iterable<?> told) {
            for (Object entry : told) {
                if (entry instanceof JsonObject spoken) {
                    add(turns, new JsonEvent(spoken), start);
                }
            }
        }
        return turns;
    }

    private static void add(List<TranscriptTurn> turns, JsonEvent turn, Instant start) {
        String role = Objects.requireNonNullElse(turn.text("role"), "");
        String text = turn.text("message"); // Null for a turn that only called a tool.
        Number seconds = turn.number("time_in_call_secs");
        if (text != null && (role.equals(TranscriptTurn.AGENT) || role.equals(TranscriptTurn.USER))) {
            turns.add(new TranscriptTurn(role, text, start.plusSeconds(seconds == null ? 0 : seconds.longValue())));
        }
    }
}
