package dev.patchbay.provider.retell;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Call;
import dev.patchbay.call.PhoneNumber;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of our requests to Retell (CONTRACTS 5; {@code retell_openapi.yaml}). */
final class RetellRequests {

    private RetellRequests() {}

    /** {@code POST /v2/register-phone-call}. */
    static JsonObject register(Call call, Agent agent, Map<String, Object> context) {
        JsonObject request = new JsonObject()
                .put("agent_id", agent.retellAgentId())
                .put("direction", call.direction().wire())
                .put("metadata", new JsonObject().put("call_id", call.id()).put("call_sid", call.callSid()))
                .put("retell_llm_dynamic_variables", variables(agent, context));
        putNumber(request, "from_number", call.from());
        putNumber(request, "to_number", call.to());
        return request;
    }

    /**
     * {@code POST /v2/create-phone-call}.
     *
     * @param id ours, of the call
     * @param from a number that Retell knows as ours, E.164
     */
    static JsonObject create(String id, String from, String to, Agent agent, Map<String, Object> context) {
        return new JsonObject()
                .put("from_number", from)
                .put("to_number", to)
                .put("override_agent_id", agent.retellAgentId())
                .put("metadata", new JsonObject().put("call_id", id))
                .put("retell_llm_dynamic_variables", variables(agent, context));
    }

    /**
     * Retell takes texts only; what has no value is left out. It lets nobody replace an agent's prompt for one call, so
     * that is a variable too: an agent whose prompt is {@code {{system_prompt}}} is what the session says.
     */
    private static JsonObject variables(Agent agent, Map<String, Object> context) {
        JsonObject variables = new JsonObject();
        if (agent.systemPrompt() != null) {
            variables.put("system_prompt", agent.systemPrompt());
        }
        context.forEach((name, value) -> {
            if (value != null) {
                variables.put(name, value.toString());
            }
        });
        return variables;
    }

    /** Retell wants E.164 and takes none: a caller may be {@code anonymous} or a SIP address. */
    private static void putNumber(JsonObject request, String field, @Nullable String number) {
        try {
            request.put(field, PhoneNumber.parse(number == null ? "" : number));
        } catch (IllegalArgumentException noNumber) {
            request.remove(field);
        }
    }
}
