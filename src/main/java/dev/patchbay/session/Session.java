package dev.patchbay.session;

import dev.patchbay.call.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A room or a call that was ordered over the REST API.
 *
 * @param id ours, a ULID; the session of a call has the id of that call's record, the session of a Daily room the name of
 *     the room
 * @param provider who carries it, {@code daily} or {@code twilio} for example
 * @param status {@link SessionStatus}
 * @param callSid Twilio's CallSid, of calls that Twilio carries
 * @param callId our id of the call, or Retell's of one that Retell carries; null for rooms
 * @param roomUrl where the room is joined; null for calls
 * @param token opens the room for one participant; a secret
 * @param config what the body said about the agent, as it was given; empty when it said nothing
 * @param participants of a room, in the order they came
 * @param recording what is known of a room's recording, JSON-ready; empty when there is none
 */
public record Session(
        String id,
        String provider,
        String status,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String callSid,
        @Nullable String callId,
        @Nullable String roomUrl,
        @Nullable String token,
        Map<String, Object> config,
        List<Participant> participants,
        Map<String, Object> recording) {

    /**
     * Somebody in a room.
     *
     * @param id the room provider's, of this one visit
     * @param leftAt null while the participant is there
     */
    public record Participant(
            String id,
            @Nullable String name,
            boolean owner,
            @Nullable Instant joinedAt,
            @Nullable Instant leftAt) {}

    /** A room that nobody has entered yet. */
    public static Session room(
            String id, String provider, Instant createdAt, String roomUrl, String token, Map<String, Object> config) {
        return new Session(
                id,
                provider,
                SessionStatus.CREATED,
                createdAt,
                null,
                null,
                null,
                roomUrl,
                token,
                config,
                List.of(),
                Map.of());
    }

    /** A call that was placed. */
    public static Session call(String provider, Call call, Map<String, Object> config) {
        return new Session(
                call.id(),
                provider,
                call.status().wire(),
                call.startedAt(),
                call.endedAt(),
                call.callSid(),
                call.callSid() == null ? call.providerCallId() : call.id(),
                null,
                null,
                config,
                List.of(),
                Map.of());
    }

    /** Whether it is over; nothing follows. */
    public boolean isEnded() {
        return SessionStatus.isTerminal(status);
    }
}
