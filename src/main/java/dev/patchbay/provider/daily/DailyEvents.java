package dev.patchbay.provider.daily;

import dev.patchbay.provider.JsonEvent;
import dev.patchbay.session.Session;
import dev.patchbay.session.SessionStatus;
import dev.patchbay.store.SessionStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions as Daily's webhooks say: meetings, participants, recordings. Events come doubled and in any order; told
 * again, they change nothing.
 */
public final class DailyEvents {

    private static final Logger LOG = LoggerFactory.getLogger(DailyEvents.class);
    private static final Pattern VISIT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final SessionStore sessions;
    private final Duration roomLifetime;
    private final Clock clock;

    public DailyEvents(SessionStore sessions, Duration roomLifetime, Clock clock) {
        this.sessions = sessions;
        this.roomLifetime = roomLifetime;
        this.clock = clock;
    }

    public DailyEvent read(String body) {
        return DailyEvent.read(body);
    }

    /** Takes an event; one of a room that is no session of ours changes nothing. */
    public void update(DailyEvent event) {
        String room = event.room();
        if (room == null) {
            room = event.type().equals("recording.started")
                    ? roomOf(event.payload().text("started_by"))
                    : null;
        }
        if (room == null || !update(room, event)) {
            LOG.info("Daily {} changes no session", event.type());
        }
    }

    private boolean update(String room, DailyEvent event) {
        JsonEvent payload = event.payload();
        Instant now = Objects.requireNonNullElseGet(event.at(), clock::instant);
        return switch (event.type()) {
            case "meeting.started" -> sessions.advance(room, SessionStatus.ACTIVE, now);
            case "meeting.ended" ->
                sessions.advance(room, SessionStatus.ENDED, Objects.requireNonNullElse(payload.seconds("end_ts"), now));
            case "participant.joined" -> participant(room, payload, now, null);
            case "participant.left" -> participant(room, payload, null, now);
            case "recording.started" -> recording(room, "started", payload);
            case "recording.ready-to-download" -> recording(room, "ready", payload);
            case "recording.error" -> recording(room, "error", payload);
            default -> false;
        };
    }

    private boolean participant(String room, JsonEvent payload, @Nullable Instant joined, @Nullable Instant left) {
        String visit = payload.text("session_id");
        if (visit == null || !VISIT.matcher(visit).matches()) {
            return false;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "name", payload.text("user_name"));
        put(fields, "is_owner", payload.json().getValue("owner") instanceof Boolean owner ? owner : null);
        Instant joinedAt = payload.seconds("joined_at");
        put(fields, "joined_at", joinedAt == null ? joined : joinedAt);
        put(fields, "left_at", left);
        return sessions.participant(room, visit, fields);
    }

    /** An error may come after a recording is ready, and a start after both: what is known of the end stands. */
    private boolean recording(String room, String status, JsonEvent payload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "id", payload.text("recording_id"));
        put(fields, "started_at", payload.seconds("start_ts"));
        put(fields, "duration", payload.number("duration"));
        put(fields, "s3_key", payload.text("s3_key"));
        put(fields, "error", payload.text("error_msg"));
        boolean known = sessions.find(room)
                .map(Session::recording)
                .filter(recording -> recording.containsKey("status"))
                .isPresent();
        if (!known || !status.equals("started")) {
            fields.put("status", status);
        }
        return sessions.recording(room, fields);
    }

    /** The room in which this participant is: the start of a recording names nothing else. Rooms do not live longer. */
    private @Nullable String roomOf(@Nullable String visit) {
        if (visit == null || !VISIT.matcher(visit).matches()) {
            return null;
        }
        return sessions.findByParticipant(visit, clock.instant().minus(roomLifetime.multipliedBy(2)))
                .map(Session::id)
                .orElse(null);
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
