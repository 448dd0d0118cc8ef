package dev.patchbay.provider.daily;

import dev.patchbay.session.SessionRequest;
import dev.patchbay.session.SessionRequest.Permissions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** The bodies of our requests to Daily (CONTRACTS 6; {@code daily_openapi.json}). Times are Unix seconds. */
final class DailyRequests {

    private DailyRequests() {}

    /** {@code POST /rooms}. The room goes away by itself, whatever becomes of us. */
    static JsonObject room(SessionRequest request, Instant expiresAt) {
        JsonObject properties =
                new JsonObject().put("exp", expiresAt.getEpochSecond()).put("eject_at_room_exp", true);
        if (request.room().maxParticipants() != null) {
            properties.put("max_participants", request.room().maxParticipants());
        }
        if (request.room().isRecorded()) {
            properties.put("enable_recording", "cloud");
        }
        return new JsonObject()
                .put("name", request.id())
                .put("privacy", request.room().isPrivate() ? "private" : "public")
                .put("properties", properties);
    }

    /** {@code POST /meeting-tokens}. Without {@code room_name} a token would open every room of the domain. */
    static JsonObject token(SessionRequest request, DailyRoom room) {
        Permissions may = request.participant().permissions();
        JsonObject properties = new JsonObject()
                .put("room_name", room.name())
                .put("exp", room.expiresAt().getEpochSecond())
                .put("is_owner", request.participant().owner())
                .put("start_video_off", !may.video())
                .put("start_audio_off", !may.audio())
                // An owner may send everything whatever the permissions say; this one holds for owners too.
                .put("enable_screenshare", may.screenVideo() || may.screenAudio())
                .put("permissions", permissions(may));
        if (request.participant().name() != null) {
            properties.put("user_name", request.participant().name());
        }
        if (request.room().isRecorded()) {
            properties.put("start_cloud_recording", true);
        }
        return new JsonObject().put("properties", properties);
    }

    /** The seed's permissions in Daily's model. */
    static JsonObject permissions(Permissions may) {
        JsonArray media = new JsonArray();
        add(media, may.video(), "video");
        add(media, may.audio(), "audio");
        add(media, may.screenVideo(), "screenVideo");
        add(media, may.screenAudio(), "screenAudio");
        return new JsonObject()
                .put("hasPresence", true)
                .put("canSend", media.isEmpty() ? false : media.size() == 4 ? true : media)
                .put("canAdmin", may.admin());
    }

    private static void add(JsonArray media, boolean may, String kind) {
        if (may) {
            media.add(kind);
        }
    }
}
