package dev.patchbay.provider.daily;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.provider.JsonEvent;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a Daily webhook says (CONTRACTS 6): {@code {version, type, id, payload, event_ts}}.
 *
 * @param type {@code meeting.started}, {@code participant.joined} and others; empty for the creation test
 * @param at when it happened; null where Daily does not say
 * @param payload what the type promises
 */
public record DailyEvent(String type, @Nullable Instant at, JsonEvent payload) {

    private static final JsonObject CREATION_TEST = new JsonObject().put("test", "test");
    /** Room for white space, in bytes. */
    private static final int LONGEST_TEST = 64;

    static DailyEvent read(String body) {
        JsonEvent event = JsonEvent.read("daily", body);
        return new DailyEvent(
                Objects.requireNonNullElse(event.text("type"), ""), event.seconds("event_ts"), event.object("payload"));
    }

    /** Whether this is what Daily posts when a webhook is created: {@code {"test":"test"}} and nothing else. */
    static boolean isCreationTest(byte[] body) {
        if (body.length > LONGEST_TEST) {
            return false;
        }
        try {
            return CREATION_TEST.equals(new JsonObject(new String(body, UTF_8)));
        } catch (DecodeException | ClassCastException notJson) {
            return false;
        }
    }

    /** The room that the event is about: its events name it in one of two ways, and some not at all. */
    @Nullable
    String room() {
        String room = payload.text("room");
        return room == null ? payload.text("room_name") : room;
    }
}
