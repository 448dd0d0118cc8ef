package dev.patchbay.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Agents as the REST API shows them: snake_case, every key there, null where empty. */
public final class AgentJson {

    private AgentJson() {}

    public static Map<String, @Nullable Object> of(Agent agent) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", agent.id());
        json.put("name", agent.name());
        json.put("provider", agent.provider());
        json.put("phone_number", agent.phoneNumber());
        json.put("retell_agent_id", agent.retellAgentId());
        json.put("elevenlabs_agent_id", agent.elevenlabsAgentId());
        json.put("greeting", agent.greeting());
        json.put("language", agent.language());
        json.put("voice", agent.voice());
        return json;
    }

    /**
     * An agent as the REST API takes it. Without an id, the name is the id.
     *
     * @throws IllegalArgumentException when name or provider is missing or a field is no text
     */
    public static Agent read(Map<String, ?> json) {
        String name = required(json, "name");
        String id = text(json, "id");
        return new Agent(
                id == null ? name : id,
                name,
                required(json, "provider"),
                text(json, "phone_number"),
                text(json, "retell_agent_id"),
                text(json, "elevenlabs_agent_id"),
                text(json, "greeting"),
                text(json, "language"),
                text(json, "voice"),
                AgentLimits.DEFAULT);
    }

    private static String required(Map<String, ?> json, String field) {
        String value = text(json, field);
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    private static @Nullable String text(Map<String, ?> json, String field) {
        Object value = json.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(field + " must be a text");
        }
        return text.isBlank() ? null : text.trim();
    }
}
