package dev.patchbay.provider.retell;

import dev.patchbay.call.Call;
import dev.patchbay.call.PhoneNumber;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of our requests to Retell (CONTRACTS 5; {@code retell_openapi.yaml}). */
final class RetellRequests {

    private RetellRequests() {}

    /** {@code POST /v2/register-phone-call}. */
    static JsonObject register(Call call, String agentId, Map<String, Object> context) {
        JsonObject request = new JsonObject()
                .put("agent_id", agentId)
                .put("direction", call.direction().wire())
                .put("metadata", new JsonObject().put("call_id", call.id()).put("call_sid", call.callSid()))
                .put("retell_llm_dynamic_variables", variables(context));
        putNumber(request, "from_number", call.from());
        putNumber(request, "to_number", call.to());
        return request;
    }

    /** Retell takes texts only; what has no value is left out. */
    static JsonObject variables(Map<String, Object> context) {
        JsonObject variables = new JsonObject();
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
