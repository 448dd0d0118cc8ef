package dev.patchbay.store;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Agents as documents of {@code agents}. Documents of the older application that kept agents in camelCase, without a
 * provider, are read too: {@code phoneNumber}, {@code retellAgentId}, {@code elevenlabsAgentId}. Its agents are Retell's,
 * also one whose creation at Retell failed, so that it has no id of theirs.
 */
final class AgentDocuments {

    static final String PHONE_NUMBER = "phone_number";
    static final String PHONE_NUMBER_OLD = "phoneNumber";

    private static final String LIMITS = "limits";

    private AgentDocuments() {}

    /** The update that makes a document say what the agent says; fields that are not an agent's are left alone. */
    static Document update(Agent agent) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", agent.name());
        fields.put("provider", agent.provider());
        fields.put(PHONE_NUMBER, agent.phoneNumber());
        fields.put("retell_agent_id", agent.retellAgentId());
        fields.put("elevenlabs_agent_id", agent.elevenlabsAgentId());
        fields.put("greeting", agent.greeting());
        fields.put("language", agent.language());
        fields.put("voice", agent.voice());
        fields.put(LIMITS, limits(agent.limits()));
        Document set = new Document();
        Document unset =
                new Document(PHONE_NUMBER_OLD, "").append("retellAgentId", "").append("elevenlabsAgentId", "");
        fields.forEach((field, value) -> (value == null ? unset : set).put(field, value == null ? "" : value));
        return new Document("$set", set).append("$unset", unset);
    }

    static Agent agent(Document document) {
        String id = String.valueOf(JsonValues.of(document.get("_id")));
        String retell = text(document, "retell_agent_id", "retellAgentId");
        String elevenLabs = text(document, "elevenlabs_agent_id", "elevenlabsAgentId");
        String provider = text(document, "provider", "provider");
        return new Agent(
                id,
                document.get("name", id),
                provider == null ? (retell == null && elevenLabs != null ? "elevenlabs" : "retell") : provider,
                text(document, PHONE_NUMBER, PHONE_NUMBER_OLD),
                retell,
                elevenLabs,
                document.getString("greeting"),
                document.getString("language"),
                document.getString("voice"),
                limits(document.get(LIMITS, Document.class)));
    }

    private static Document limits(AgentLimits limits) {
        Document document = new Document("reconnect", limits.reconnect());
        CallDocuments.set(document, "max_call_ms", millis(limits.maxCall()));
        CallDocuments.set(document, "silence_ms", millis(limits.silence()));
        CallDocuments.set(document, "stall_ms", millis(limits.stall()));
        CallDocuments.set(document, "connect_ms", millis(limits.connect()));
        return document;
    }

    private static AgentLimits limits(@Nullable Document limits) {
        if (limits == null) {
            return AgentLimits.DEFAULT;
        }
        return new AgentLimits(
                duration(limits, "max_call_ms"),
                duration(limits, "silence_ms"),
                duration(limits, "stall_ms"),
                duration(limits, "connect_ms"),
                limits.getBoolean("reconnect", true));
    }

    private static @Nullable String text(Document document, String field, String olderField) {
        String text = document.getString(field);
        return text == null ? document.getString(olderField) : text;
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static @Nullable Duration duration(Document limits, String field) {
        return limits.get(field) instanceof Number millis ? Duration.ofMillis(millis.longValue()) : null;
    }
}
