package dev.patchbay.call;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls, events and transcripts as the REST API shows them: snake_case, every key there, null where empty, times ISO-8601
 * UTC. The maps are new, ordered and ready for a JSON writer.
 */
public final class CallJson {

    private CallJson() {}

    public static Map<String, @Nullable Object> of(Call call) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", call.id());
        json.put("call_sid", call.callSid());
        json.put("provider", call.provider());
        json.put("provider_call_id", call.providerCallId());
        json.put("direction", call.direction().wire());
        json.put("from", call.from());
        json.put("to", call.to());
        json.put("agent_id", call.agentId());
        json.put("status", call.status().wire());
        json.put("started_at", time(call.startedAt()));
        json.put("answered_at", time(call.answeredAt()));
        json.put("ended_at", time(call.endedAt()));
        json.put("duration", call.duration());
        json.put("ended_by", call.endedBy());
        json.put("error", call.error());
        json.put("media", of(call.media()));
        json.put("disconnection_reason", call.outcome().disconnectionReason());
        json.put(
                "analysis",
                call.outcome().analysis().isEmpty() ? null : call.outcome().analysis());
        return json;
    }

    public static Map<String, @Nullable Object> of(MediaFigures media) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("frames_in", media.framesIn());
        json.put("frames_out", media.framesOut());
        json.put("dropped", media.dropped());
        json.put("late", media.late());
        json.put("first_audio_ms", media.firstAudioMs());
        return json;
    }

    public static Map<String, @Nullable Object> of(CallEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", event.id());
        json.put("call_id", event.callId());
        json.put("type", event.type());
        json.put("at", time(event.at()));
        json.put("data", event.data());
        return json;
    }

    public static Map<String, @Nullable Object> of(TranscriptTurn turn) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("role", turn.role());
        json.put("text", turn.text());
        json.put("at", time(turn.at()));
        return json;
    }

    /** {@code {call_id, turns: [{role, text, at}]}}. */
    public static Map<String, @Nullable Object> transcript(String callId, List<TranscriptTurn> turns) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("call_id", callId);
        json.put("turns", turns.stream().map(CallJson::of).toList());
        return json;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
