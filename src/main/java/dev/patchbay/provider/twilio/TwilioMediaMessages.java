package dev.patchbay.provider.twilio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.media.Base64Audio;
import dev.patchbay.media.JsonMembers;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Media Streams messages, read and written (CONTRACTS 1.1 and 1.2). Nothing behind this class knows their
 * spelling. Owned by one socket; media messages are read in place, the rare others by a JSON parser.
 */
final class TwilioMediaMessages {

    /** What a socket says, one method per kind of message. */
    interface Reader {
        void started(String streamSid, String callSid, Map<String, String> parameters);

        /** mu-law at 8000 Hz; {@code timestamp} in ms since the stream began, negative when missing. */
        void media(byte[] mulaw, int length, long timestamp);

        void digit(String digit);

        void mark(String name);

        void stopped();

        /** A message that nobody knows: ignored. */
        void unknown();

        /** A message that is not as the contract says: ignored. */
        void malformed();
    }

    private static final byte[] EVENT = ascii("event");
    private static final byte[] MEDIA = ascii("media");
    private static final byte[] PAYLOAD = ascii("payload");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] TRACK = ascii("track");
    private static final byte[] OUTBOUND = ascii("outbound");
    private static final byte[] MEDIA_END = ascii("\"}}");

    private final JsonMembers members = new JsonMembers();
    private final Base64Audio incoming = new Base64Audio();
    private final Base64Audio outgoing = new Base64Audio();
    private byte[] mediaBegin = new byte[0];
    private String streamSid = "";

    /** Reads one text message. */
    void read(byte[] json, int from, int to, Reader reader) {
        try {
            if (!readMedia(json, from, to, reader)) {
                readControl(new JsonObject(new String(json, from, to - from, UTF_8)), reader);
            }
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            reader.malformed();
        }
    }

    /** True when it was a media message and is dealt with. */
    private boolean readMedia(byte[] json, int from, int to, Reader reader) {
        boolean isMedia = false;
        int mediaFrom = -1;
        int mediaTo = -1;
        members.over(json, from, to);
        while (members.next()) {
            if (members.is(EVENT)) {
                isMedia = members.valueIs(MEDIA);
                if (!isMedia) {
                    return false;
                }
            } else if (members.is(MEDIA)) {
                mediaFrom = members.from();
                mediaTo = members.to();
            }
        }
        if (!isMedia || members.isBroken()) {
            return false;
        }
        long timestamp = -1;
        int length = -1;
        if (mediaFrom >= 0) {
            members.over(json, mediaFrom, mediaTo);
            while (members.next()) {
                if (members.is(PAYLOAD) && members.isPlainText()) {
                    length = incoming.decode(json, members.from(), members.to());
                } else if (members.is(TIMESTAMP)) {
                    timestamp = members.number();
                } else if (members.is(TRACK) && members.valueIs(OUTBOUND)) {
                    return true;
                }
            }
        }
        if (length < 0 || members.isBroken()) {
            return false;
        }
        reader.media(incoming.audio(), length, timestamp);
        return true;
    }

    private void readControl(JsonObject message, Reader reader) {
        switch (String.valueOf(message.getValue("event"))) {
            case "connected" -> {}
            case "media" -> readEscapedMedia(message.getJsonObject("media"), reader);
            case "start" -> readStart(message.getJsonObject("start"), reader);
            case "dtmf" -> reader.digit(required(message.getJsonObject("dtmf"), "digit"));
            case "mark" -> reader.mark(required(message.getJsonObject("mark"), "name"));
            case "stop" -> reader.stopped();
            default -> reader.unknown();
        }
    }

    /** JSON allows escapes anywhere, as in {@code \/}: rare, but no reason to lose audio. */
    private void readEscapedMedia(@Nullable JsonObject media, Reader reader) {
        if (media == null || !(media.getValue("payload") instanceof String payload)) {
            throw new IllegalArgumentException("Missing payload");
        }
        if (!"outbound".equals(media.getString("track"))) {
            byte[] base64 = payload.getBytes(UTF_8);
            int length = incoming.decode(base64, 0, base64.length);
            String timestamp = media.getString("timestamp");
            reader.media(incoming.audio(), length, timestamp == null ? -1 : Long.parseLong(timestamp));
        }
    }

    private void readStart(@Nullable JsonObject start, Reader reader) {
        streamSid = required(start, "streamSid");
        String callSid = required(start, "callSid");
        mediaBegin = ascii("{\"event\":\"media\",\"streamSid\":" + quoted(streamSid) + ",\"media\":{\"payload\":\"");
        Map<String, String> parameters = new HashMap<>();
        JsonObject custom = start == null ? null : start.getJsonObject("customParameters");
        if (custom != null) {
            custom.forEach(entry -> parameters.put(entry.getKey(), String.valueOf(entry.getValue())));
        }
        reader.started(streamSid, callSid, parameters);
    }

    /** A media message with mu-law audio. Only after {@code start}. */
    byte[] media(byte[] mulaw, int length) {
        return outgoing.message(mediaBegin, mulaw, length, MEDIA_END);
    }

    byte[] mark(String name) {
        return ("{\"event\":\"mark\",\"streamSid\":" + quoted(streamSid) + ",\"mark\":{\"name\":" + quoted(name) + "}}")
                .getBytes(UTF_8);
    }

    byte[] clear() {
        return ("{\"event\":\"clear\",\"streamSid\":" + quoted(streamSid) + "}").getBytes(UTF_8);
    }

    private static String required(@Nullable JsonObject object, String field) {
        String value = object == null ? null : object.getString(field);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("Missing " + field);
        }
        return value;
    }

    private static String quoted(String text) {
        return io.vertx.core.json.Json.encode(text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
