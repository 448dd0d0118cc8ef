package dev.patchbay.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.call.Ids;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.session.SessionRequest.Config;
import dev.patchbay.session.SessionRequest.Participant;
import dev.patchbay.session.SessionRequest.Permissions;
import dev.patchbay.session.SessionRequest.Room;
import dev.patchbay.session.SessionRequest.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of {@code POST /sessions} and {@code /sessions/with-config}. What is missing is what providers do by
 * themselves; what is wrong is an invalid request that names the field. Fields that nobody knows are passed over.
 */
public final class SessionRequests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_PROMPT = 20_000;
    private static final int LONGEST_NAME = 200;
    private static final int MOST_PARTICIPANTS = 100_000;

    /** @throws PatchbayException invalid request */
    public SessionRequest read(@Nullable String body) {
        Fields fields = fields(body);
        Fields participant = fields.object("participant_config");
        Fields room = fields.object("room_config");
        return new SessionRequest(
                Ids.next(),
                fields.required("provider", LONGEST_NAME),
                fields.text("agent", LONGEST_NAME),
                new Room(isPrivate(room), room.whole("max_participants", 1, MOST_PARTICIPANTS), room.flag("record")),
                new Participant(
                        participant.text("name", LONGEST_NAME),
                        participant.flag("is_owner", false),
                        permissions(participant.object("permissions"))),
                config(fields));
    }

    /**
     * The same, with a {@code config} that must be there.
     *
     * @throws PatchbayException invalid request
     */
    public SessionRequest readWithConfig(@Nullable String body) {
        SessionRequest request = read(body);
        if (request.config().given().isEmpty()) {
            throw Fields.invalid("config", "is missing");
        }
        return request;
    }

    /**
     * A room for one participant, of a kamelet's parameters, of which each may be blank.
     *
     * @param name of the participant
     * @param owner whether the participant rules the room, {@code true} or {@code false}
     * @param privacy {@code private} (who has a token comes in) or {@code public}
     * @throws PatchbayException invalid request naming the parameter
     */
    public SessionRequest room(
            String provider,
            @Nullable String name,
            @Nullable String owner,
            @Nullable String privacy,
            @Nullable String maxParticipants,
            @Nullable String record) {
        Map<String, Object> room = new HashMap<>();
        putGiven(room, "name", name);
        putGiven(room, "privacy", privacy);
        putGiven(room, "owner", flag(owner));
        putGiven(room, "record", flag(record));
        putGiven(room, "maxParticipants", whole(maxParticipants));
        Fields fields = new Fields("", room);
        return new SessionRequest(
                Ids.next(),
                provider,
                null,
                new Room(
                        isPrivate(fields),
                        fields.whole("maxParticipants", 1, MOST_PARTICIPANTS),
                        fields.flag("record", false)),
                new Participant(
                        fields.text("name", LONGEST_NAME),
                        fields.flag("owner", false),
                        permissions(new Fields("", Map.of()))),
                Config.NONE);
    }

    private static void putGiven(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null && !value.toString().isBlank()) {
            fields.put(name, value);
        }
    }

    /** As JSON has it; another text stays, and is refused as such. */
    private static @Nullable Object flag(@Nullable String value) {
        return "true".equals(value) || "false".equals(value) ? (Object) Boolean.valueOf(value) : value;
    }

    private static @Nullable Object whole(@Nullable String value) {
        return value != null && value.matches("\\d{1,9}") ? (Object) Integer.valueOf(value) : value;
    }

    private static boolean isPrivate(Fields room) {
        String privacy = room.text("privacy", LONGEST_NAME);
        if (privacy != null && !privacy.equals("public") && !privacy.equals("private")) {
            throw Fields.invalid(room.path() + "privacy", "must be public or private");
        }
        return !"public".equals(privacy);
    }

    /** Whoever says nothing may speak and be seen, as in any meeting, but rules nobody. */
    private static Permissions permissions(Fields permissions) {
        return new Permissions(
                permissions.flag("can_admin", false),
                permissions.flag("can_send_video", true),
                permissions.flag("can_send_audio", true),
                permissions.flag("can_send_screen_video", true),
                permissions.flag("can_send_screen_audio", true));
    }

    private static Config config(Fields fields) {
        Fields config = fields.object("config");
        List<Service> services = new ArrayList<>();
        for (Fields step : config.object("pipeline").objects("steps")) {
            step.object("config");
            services.add(new Service(step.required("service", LONGEST_NAME), step.required("connector", LONGEST_NAME)));
        }
        Fields connectors = config.object("connectors");
        for (String service : connectors.names()) {
            Fields connector = connectors.object(service);
            connector.object("config");
            services.add(new Service(service, connector.required("provider", LONGEST_NAME)));
        }
        return new Config(config.text("system_prompt", LONGEST_PROMPT), services, config.all());
    }

    private static Fields fields(@Nullable String body) {
        Map<String, Object> json = null;
        try {
            json = JSON.readValue(body == null ? "" : body, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            // Answered below; the parser's words would repeat what was sent.
        }
        if (json == null) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, null, "body must be a JSON object");
        }
        return new Fields("", json);
    }
}
