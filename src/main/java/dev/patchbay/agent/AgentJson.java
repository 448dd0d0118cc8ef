package dev.patchbay.agent;

import dev.patchbay.call.PhoneNumber;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Agents as the REST API shows and takes them (DESIGN section 5, "Shapes"): snake_case, every key there, null where
 * empty. The camelCase fields of the application of seed 004 ({@code phoneNumber}, {@code retellAgentId}, {@code
 * elevenlabsAgentId}) are read too.
 */
public final class AgentJson {

    private static final Map<String, String> OLDER = Map.of(
            "phoneNumber", "phone_number",
            "retellAgentId", "retell_agent_id",
            "elevenlabsAgentId", "elevenlabs_agent_id",
            "_id", "id");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** It becomes part of a route's name, {@code <provider>-call-answer}. */
    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9]{0,31}");

    private static final int LONGEST = 4_000;

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
     * An agent as the REST API takes it. Without an id, the name is the id; without a provider, it is the one whose agent
     * id is given.
     *
     * @throws PatchbayException {@code INVALID_REQUEST}, naming the field that is missing or wrong
     */
    public static Agent read(Map<String, ? extends @Nullable Object> given) {
        return read(given, null, AgentLimits.DEFAULT);
    }

    /**
     * The same, for the agent with this id.
     *
     * @throws PatchbayException also when the body names another id
     */
    public static Agent read(Map<String, ? extends @Nullable Object> given, @Nullable String id, AgentLimits limits) {
        Map<String, @Nullable Object> json = named(given);
        String name = required(json, "name");
        String givenId = text(json, "id");
        if (id != null && givenId != null && !givenId.equals(id)) {
            throw invalid("id", "is not the agent's, and cannot be changed");
        }
        if (givenId != null && id == null && !ID.matcher(givenId).matches()) {
            throw invalid("id", "is 1 to 64 letters, digits, _ or -");
        }
        return new Agent(
                id != null ? id : givenId == null ? name : givenId,
                name,
                provider(json),
                number(json),
                text(json, "retell_agent_id"),
                text(json, "elevenlabs_agent_id"),
                text(json, "greeting"),
                text(json, "language"),
                text(json, "voice"),
                limits);
    }

    /**
     * The agent with some of its fields changed; those that are not given stay.
     *
     * @throws PatchbayException {@code INVALID_REQUEST}, naming the field that is wrong
     */
    public static Agent changed(Agent agent, Map<String, ? extends @Nullable Object> given) {
        Map<String, @Nullable Object> json = of(agent);
        json.putAll(named(given));
        return read(json, agent.id(), agent.limits());
    }

    private static Map<String, @Nullable Object> named(Map<String, ? extends @Nullable Object> given) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            String ours = OLDER.getOrDefault(name, name);
            if (ours.equals(name) || !given.containsKey(ours)) {
                json.put(ours, value);
            }
        });
        return json;
    }

    private static String provider(Map<String, ? extends @Nullable Object> json) {
        String provider = text(json, "provider");
        if (provider == null && text(json, "retell_agent_id") != null) {
            return "retell";
        }
        if (provider == null && text(json, "elevenlabs_agent_id") != null) {
            return "elevenlabs";
        }
        if (provider == null) {
            throw invalid("provider", "is missing");
        }
        if (!PROVIDER.matcher(provider).matches()) {
            throw invalid("provider", "is the name of a provider, such as elevenlabs, retell or twilio");
        }
        return provider;
    }

    private static @Nullable String number(Map<String, ? extends @Nullable Object> json) {
        String given = text(json, "phone_number");
        try {
            return given == null ? null : PhoneNumber.parse(given);
        } catch (IllegalArgumentException e) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, null, "phone_number: " + e.getMessage());
        }
    }

    private static String required(Map<String, ? extends @Nullable Object> json, String field) {
        String value = text(json, field);
        if (value == null) {
            throw invalid(field, "is missing");
        }
        return value;
    }

    private static @Nullable String text(Map<String, ? extends @Nullable Object> json, String field) {
        Object value = json.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            throw invalid(field, "must be a text");
        }
        if (text.length() > LONGEST) {
            throw invalid(field, "is longer than " + LONGEST + " characters");
        }
        return text.isBlank() ? null : text.trim();
    }

    private static PatchbayException invalid(String field, String reason) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, field + " " + reason);
    }
}
