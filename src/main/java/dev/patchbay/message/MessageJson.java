package dev.patchbay.message;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages as the REST API shows them: snake_case, every key there, null where empty, times ISO-8601 UTC. */
public final class MessageJson {

    private MessageJson() {}

    public static Map<String, @Nullable Object> of(Message message) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", message.id());
        json.put("provider", message.provider());
        json.put("sid", message.sid());
        json.put("direction", message.direction().wire());
        json.put("from", message.from());
        json.put("to", message.to());
        json.put("body", message.body());
        json.put("status", message.status().wire());
        json.put("error_code", message.errorCode());
        json.put("created_at", message.createdAt().toString());
        json.put("updated_at", message.updatedAt().toString());
        return json;
    }
}
