package dev.patchbay.sandbox.caller;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway sends into a bidirectional stream, read as strictly as Twilio does: a message with a missing or an
 * extra field is no message (contract 1.2).
 */
sealed interface GatewayMessage {
    int INVALID_MESSAGE = 31951;
    int PROTOCOL_ERROR = 31924;

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Media(byte[] muLaw) implements GatewayMessage {}

    record Mark(String name) implements GatewayMessage {}

    record Clear() implements GatewayMessage {}

    /** A message that Twilio drops, and the code of the warning it raises. */
    record Invalid(CallReport.Violation violation) implements GatewayMessage {}

    /**
     * Reads one text message.
     *
     * @param streamSid null before {@code start} was sent
     */
    static GatewayMessage read(String text, @Nullable String streamSid) {
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (DecodeException e) {
            return invalid("not a JSON object");
        }
        if (!(message.getValue("event") instanceof String event)) {
            return invalid("no event");
        }
        if (streamSid == null) {
            return invalid(event + " before start");
        }
        if (!streamSid.equals(message.getValue("streamSid"))) {
            return invalid(event + " with another streamSid");
        }
        return switch (event) {
            case "media" -> media(message);
            case "mark" -> mark(message);
            case "clear" -> fields(message, "event", "streamSid") ? new Clear() : invalid("clear has other fields");
            default -> invalid("unknown event " + event);
        };
    }

    private static GatewayMessage media(JsonObject message) {
        if (!fields(message, "event", "streamSid", "media")
                || !(message.getValue("media") instanceof JsonObject media)
                || !fields(media, "payload")
                || !(media.getValue("payload") instanceof String payload)) {
            return invalid("media has other fields");
        }
        if (payload.isEmpty() || payload.length() % 4 != 0) {
            return invalid("payload is empty or not padded base64");
        }
        try {
            byte[] muLaw = Base64.getDecoder().decode(payload);
            return hasHeader(muLaw)
                    ? new Invalid(new CallReport.Violation(PROTOCOL_ERROR, "payload begins with a file header"))
                    : new Media(muLaw);
        } catch (IllegalArgumentException e) {
            return invalid("payload is not base64");
        }
    }

    private static GatewayMessage mark(JsonObject message) {
        if (!fields(message, "event", "streamSid", "mark")
                || !(message.getValue("mark") instanceof JsonObject mark)
                || !fields(mark, "name")
                || !(mark.getValue("name") instanceof String name)) {
            return invalid("mark has other fields");
        }
        return new Mark(name);
    }

    private static boolean fields(JsonObject object, String... names) {
        return object.fieldNames().equals(Set.of(names));
    }

    private static boolean hasHeader(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.ISO_8859_1);
        return List.of("RIFF", "OggS", "ID3", ".snd").stream().anyMatch(start::startsWith);
    }

    private static Invalid invalid(String what) {
        return new Invalid(new CallReport.Violation(INVALID_MESSAGE, what));
    }
}
