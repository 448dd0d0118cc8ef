package dev.patchbay.session;

import dev.patchbay.session.Session.Participant;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions as the REST API shows them: snake_case, every key there, null where empty, times ISO-8601 UTC. */
public final class SessionJson {

    private SessionJson() {}

    public static Map<String, @Nullable Object> of(Session session) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("session_id", session.id());
        json.put("provider", session.provider());
        json.put("status", session.status());
        json.put("created_at", session.createdAt().toString());
        json.put("ended_at", time(session.endedAt()));
        json.put("call_sid", session.callSid());
        json.put("call_id", session.callId());
        json.put("room_url", session.roomUrl());
        json.put("token", session.token());
        json.put("config", orNull(session.config()));
        json.put(
                "participants",
                session.participants().stream().map(SessionJson::of).toList());
        json.put("recording", orNull(session.recording()));
        return json;
    }

    /** The same without the token, which opens the room to whoever reads it: for lists. */
    public static Map<String, @Nullable Object> listed(Session session) {
        Map<String, @Nullable Object> json = of(session);
        json.put("token", null);
        return json;
    }

    private static Map<String, @Nullable Object> of(Participant participant) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", participant.id());
        json.put("name", participant.name());
        json.put("is_owner", participant.owner());
        json.put("joined_at", time(participant.joinedAt()));
        json.put("left_at", time(participant.leftAt()));
        return json;
    }

    private static @Nullable Object orNull(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
