package dev.patchbay.sandbox.agent;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads what the client sends, strictly by the contract, and hands it to the agent's behaviour. */
final class ClientMessages {
    private static final Base64.Decoder BASE64 = Base64.getDecoder();

    private final AgentSocket socket;
    private final Conversation conversation;
    private final AgentBehaviour behaviour;
    private boolean initiated;

    ClientMessages(AgentSocket socket, Conversation conversation, AgentBehaviour behaviour) {
        this.socket = socket;
        this.conversation = conversation;
        this.behaviour = behaviour;
    }

    void text(String text) {
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (DecodeException e) {
            violation("not a JSON object");
            return;
        }
        String type = message.getValue("type") instanceof String given ? given : "";
        if (!initiated) {
            initiate(type, message);
        } else if (type.isEmpty()
                && message.size() == 1
                && message.getValue("user_audio_chunk") instanceof String b64) {
            heard(b64);
        } else {
            other(type, message);
        }
    }

    void violation(String what) {
        conversation.violated(what);
        if (!initiated) {
            socket.close(AgentSimulator.POLICY_VIOLATION, "Expected conversation_initiation_client_data");
        }
    }

    private void initiate(String type, JsonObject message) {
        if (!type.equals("conversation_initiation_client_data")) {
            violation("first message is not the initiation: " + type);
            return;
        }
        initiated = true;
        conversation.initiated(message);
        behaviour.initiated(message);
    }

    private void heard(String base64) {
        byte[] audio;
        try {
            audio = BASE64.decode(base64);
        } catch (IllegalArgumentException e) {
            violation("user_audio_chunk is not base64");
            return;
        }
        conversation.heard(audio);
        if (audio.length % socket.agent().input().bytesPerSample() != 0) {
            violation("user_audio_chunk splits a sample");
        }
        behaviour.heard(audio);
    }

    private void other(String type, JsonObject message) {
        switch (type) {
            case "pong" -> {
                if (message.getValue("event_id") instanceof Integer eventId) {
                    conversation.ponged(eventId);
                } else {
                    violation("pong without event_id");
                }
            }
            case "contextual_update" -> {
                String text = required(type, message, "text");
                if (text != null) {
                    conversation.updated(text);
                }
            }
            case "user_message" -> {
                String text = required(type, message, "text");
                if (text != null) {
                    conversation.told(text);
                    behaviour.told(text);
                }
            }
            case "client_tool_result" -> {
                if (required(type, message, "tool_call_id") != null && required(type, message, "result") != null) {
                    conversation.toolAnswered(message);
                    behaviour.toolAnswered(message);
                }
            }
            case "user_activity" -> {
                // Only resets a turn timer, which no behaviour has.
            }
            default -> violation("unknown message type: " + type);
        }
    }

    private @Nullable String required(String type, JsonObject message, String field) {
        if (message.getValue(field) instanceof String text) {
            return text;
        }
        violation(type + " without " + field);
        return null;
    }
}
