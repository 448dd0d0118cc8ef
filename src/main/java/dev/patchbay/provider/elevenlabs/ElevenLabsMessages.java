package dev.patchbay.provider.elevenlabs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.agent.Agent;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.Base64Audio;
import dev.patchbay.media.JsonMembers;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of ElevenLabs' conversation socket, read and written (CONTRACTS 4.2 and 4.3). Audio is read in place, the
 * rest by a JSON parser. Owned by one socket.
 */
final class ElevenLabsMessages {

    /** What the agent's side says. */
    interface Reader {
        /** Whether audio of this event is still wanted; asked before it is decoded. */
        boolean wantsAudio(long eventId);

        void audio(byte[] data, int length);

        void message(String type, JsonObject message);

        void malformed();
    }

    /** Audio is decoded in pieces of so many base64 characters, 3,000 bytes: bounded memory for any message. */
    private static final int PIECE = 4000;

    private static final byte[] TYPE = ascii("type");
    private static final byte[] AUDIO = ascii("audio");
    private static final byte[] AUDIO_EVENT = ascii("audio_event");
    private static final byte[] AUDIO_BASE_64 = ascii("audio_base_64");
    private static final byte[] EVENT_ID = ascii("event_id");
    private static final byte[] CHUNK_BEGIN = ascii("{\"user_audio_chunk\":\"");
    private static final byte[] CHUNK_END = ascii("\"}");

    private final JsonMembers members = new JsonMembers();
    private final Base64Audio incoming = new Base64Audio();
    private final Base64Audio outgoing = new Base64Audio();

    /** Reads one text message. */
    void read(byte[] json, int from, int to, Reader reader) {
        try {
            if (!readAudio(json, from, to, reader)) {
                JsonObject message = new JsonObject(new String(json, from, to - from, UTF_8));
                String type = message.getString("type");
                if ("audio".equals(type)) {
                    readEscapedAudio(message.getJsonObject("audio_event"), reader);
                } else {
                    reader.message(type == null ? "" : type, message);
                }
            }
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            reader.malformed();
        }
    }

    private boolean readAudio(byte[] json, int from, int to, Reader reader) {
        int audioFrom = -1;
        int audioTo = -1;
        boolean isAudio = false;
        members.over(json, from, to);
        while (members.next()) {
            if (members.is(TYPE)) {
                isAudio = members.valueIs(AUDIO);
                if (!isAudio) {
                    return false;
                }
            } else if (members.is(AUDIO_EVENT)) {
                audioFrom = members.from();
                audioTo = members.to();
            }
        }
        if (!isAudio || audioFrom < 0 || members.isBroken()) {
            return false;
        }
        int base64From = -1;
        int base64To = -1;
        long eventId = -1;
        members.over(json, audioFrom, audioTo);
        while (members.next()) {
            if (members.is(AUDIO_BASE_64) && members.isPlainText()) {
                base64From = members.from();
                base64To = members.to();
            } else if (members.is(EVENT_ID)) {
                eventId = members.number();
            }
        }
        if (base64From < 0 || members.isBroken()) {
            return false;
        }
        decode(json, base64From, base64To, eventId, reader);
        return true;
    }

    /** JSON allows escapes anywhere, as in {@code \/}: rare, but no reason to lose audio. */
    private void readEscapedAudio(@Nullable JsonObject event, Reader reader) {
        if (event == null || !(event.getValue("audio_base_64") instanceof String text)) {
            throw new IllegalArgumentException("Missing audio_base_64");
        }
        byte[] base64 = text.getBytes(UTF_8);
        Long eventId = event.getLong("event_id");
        decode(base64, 0, base64.length, eventId == null ? -1 : eventId, reader);
    }

    private void decode(byte[] base64, int from, int to, long eventId, Reader reader) {
        if (reader.wantsAudio(eventId)) {
            for (int piece = from; piece < to; piece += PIECE) {
                int length = incoming.decode(base64, piece, Math.min(piece + PIECE, to));
                reader.audio(incoming.audio(), length);
            }
        }
    }

    /** {@code conversation_initiation_client_data}: always the first message. */
    static JsonObject initiation(AgentCall call) {
        JsonObject variables = new JsonObject();
        call.variables().forEach((name, value) -> {
            // The contract takes nothing else.
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                variables.put(name, value);
            }
        });
        if (call.resumed()) {
            variables.put("resumed", true);
        }
        JsonObject message = new JsonObject()
                .put("type", "conversation_initiation_client_data")
                .put("dynamic_variables", variables);
        JsonObject overrides = call.overrides() ? overrides(call.agent()) : null;
        if (overrides != null) {
            message.put("conversation_config_override", overrides);
        }
        return message;
    }

    private static @Nullable JsonObject overrides(Agent agent) {
        JsonObject own = new JsonObject();
        putIfSet(own, "first_message", agent.greeting());
        putIfSet(own, "language", agent.language());
        if (agent.systemPrompt() != null) {
            own.put("prompt", new JsonObject().put("prompt", agent.systemPrompt()));
        }
        JsonObject voice = new JsonObject();
        putIfSet(voice, "voice_id", agent.voice());
        JsonObject overrides = new JsonObject();
        if (!own.isEmpty()) {
            overrides.put("agent", own);
        }
        if (!voice.isEmpty()) {
            overrides.put("tts", voice);
        }
        return overrides.isEmpty() ? null : overrides;
    }

    /** Caller audio; the only message without a type. */
    byte[] audioChunk(byte[] data, int length) {
        return outgoing.message(CHUNK_BEGIN, data, length, CHUNK_END);
    }

    static JsonObject pong(Object eventId) {
        return new JsonObject().put("type", "pong").put("event_id", eventId);
    }

    static JsonObject contextualUpdate(String text) {
        return new JsonObject().put("type", "contextual_update").put("text", text);
    }

    static JsonObject userMessage(String text) {
        return new JsonObject().put("type", "user_message").put("text", text);
    }

    static JsonObject toolResult(String toolCallId, String result, boolean error) {
        return new JsonObject()
                .put("type", "client_tool_result")
                .put("tool_call_id", toolCallId)
                .put("result", result)
                .put("is_error", error);
    }

    /** A tool call's parameters, never null. */
    static Map<String, Object> parameters(JsonObject toolCall) {
        JsonObject parameters = toolCall.getJsonObject("parameters");
        return parameters == null ? Map.of() : parameters.getMap();
    }

    private static void putIfSet(JsonObject object, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            object.put(name, value);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
