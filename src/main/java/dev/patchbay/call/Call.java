package dev.patchbay.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One phone call, from its first webhook to its end.
 *
 * @param id ours, a ULID
 * @param callSid Twilio's CallSid; null while an outbound call has not been accepted yet
 * @param provider the agent's provider, {@code elevenlabs} for example; null until an agent was chosen
 * @param providerCallId the provider's name for the call (a Retell call_id, an ElevenLabs conversation_id)
 * @param from the caller as given: a number, or {@code anonymous}, {@code client:x}, {@code sip:...}
 * @param to the called number as given
 * @param agentId the chosen agent's id
 * @param duration seconds; null until the call is over
 * @param endedBy who ended it: {@code caller}, {@code agent}, {@code gateway}
 * @param error what went wrong, technically; null when nothing did
 * @param outcome what the agent's provider says about the call afterwards
 */
public record Call(
        String id,
        @Nullable String callSid,
        @Nullable String provider,
        @Nullable String providerCallId,
        Direction direction,
        @Nullable String from,
        @Nullable String to,
        @Nullable String agentId,
        CallStatus status,
        Instant startedAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable Integer duration,
        @Nullable String endedBy,
        @Nullable String error,
        MediaFigures media,
        CallOutcome outcome) {

    /** A call that its agent's provider has not spoken about. */
    public Call(
            String id,
            @Nullable String callSid,
            @Nullable String provider,
            @Nullable String providerCallId,
            Direction direction,
            @Nullable String from,
            @Nullable String to,
            @Nullable String agentId,
            CallStatus status,
            Instant startedAt,
            @Nullable Instant answeredAt,
            @Nullable Instant endedAt,
            @Nullable Integer duration,
            @Nullable String endedBy,
            @Nullable String error,
            MediaFigures media) {
        this(
                id,
                callSid,
                provider,
                providerCallId,
                direction,
                from,
                to,
                agentId,
                status,
                startedAt,
                answeredAt,
                endedAt,
                duration,
                endedBy,
                error,
                media,
                CallOutcome.NONE);
    }

    /** The other side: who called us, or whom we called. */
    public @Nullable String customer() {
        return direction == Direction.INBOUND ? from : to;
    }
}
