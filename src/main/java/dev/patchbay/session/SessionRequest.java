package dev.patchbay.session;

import dev.patchbay.call.PhoneNumber;
import dev.patchbay.error.PatchbayException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is ordered (seed 000).
 *
 * @param id the id that the session will have, a ULID
 * @param provider who is to carry it
 * @param agent id or name of the agent that is to talk; null: the provider's usual one
 */
public record SessionRequest(
        String id, String provider, @Nullable String agent, Room room, Participant participant, Config config) {

    /**
     * Whom to call: the participant's name is a phone number then.
     *
     * @return E.164
     * @throws PatchbayException invalid request, when it is none
     */
    public String phone() {
        try {
            return PhoneNumber.parse(participant.name() == null ? "" : participant.name());
        } catch (IllegalArgumentException noNumber) {
            throw Fields.invalid("participant_config.name", "must be the phone number to call, such as +14155550123");
        }
    }

    /**
     * {@code room_config}.
     *
     * @param isPrivate whether the room opens to holders of a token only
     * @param maxParticipants null: the provider's own limit
     * @param record whether it is recorded; null: as usual
     */
    public record Room(
            boolean isPrivate,
            @Nullable Integer maxParticipants,
            @Nullable Boolean record) {

        /** Whether somebody said that it is to be recorded. */
        public boolean isRecorded() {
            return Boolean.TRUE.equals(record);
        }
    }

    /**
     * {@code participant_config}.
     *
     * @param name of a person, or the phone number to call
     */
    public record Participant(@Nullable String name, boolean owner, Permissions permissions) {}

    /** {@code participant_config.permissions}. */
    public record Permissions(boolean admin, boolean video, boolean audio, boolean screenVideo, boolean screenAudio) {}

    /**
     * {@code config}, for the agent.
     *
     * @param systemPrompt takes the place of the agent's own; null keeps that
     * @param services who is to hear, think and speak: of {@code pipeline.steps} and {@code connectors}, in that order
     * @param given all of it, as it was given
     */
    public record Config(@Nullable String systemPrompt, List<Service> services, Map<String, Object> given) {

        /** Nothing was said. */
        public static final Config NONE = new Config(null, List.of(), Map.of());
    }

    /**
     * One part of an agent.
     *
     * @param name {@code stt}, {@code llm}, {@code tts}
     * @param connector who does it, {@code openai} for example
     */
    public record Service(String name, String connector) {}
}
