package dev.patchbay.provider.retell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.provider.OpenApiContract;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetellRequestsTest {

    private static final Agent AGENT =
            new Agent("desk", "desk", "retell", null, "agent_1", null, null, null, null, AgentLimits.DEFAULT);

    @Test
    void anOutboundCallIsAsTheContractSaysAndCarriesThePrompt() throws Exception {
        JsonObject request = RetellRequests.create(
                "01J", "+61341517921", "+14155550123", AGENT.instructed("Be kind."), Map.of("name", "Ada"));

        assertThat(request.getString("override_agent_id")).isEqualTo("agent_1");
        assertThat(request.getJsonObject("retell_llm_dynamic_variables").getMap())
                .isEqualTo(Map.of("system_prompt", "Be kind.", "name", "Ada"));
        assertThat(OpenApiContract.of("retell_openapi.yaml").violations(RetellApi.CREATE, request))
                .isEmpty();
    }

    @Test
    void aRegistrationIsAsTheContractSays() throws Exception {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("name", "Ada Example");
        context.put("total_enr_amount", 1200.5);
        context.put("emi_eligible", true);
        context.put("due_date", null);

        JsonObject request = RetellRequests.register(call("+14155550123"), AGENT, context);

        assertThat(request.getString("agent_id")).isEqualTo("agent_1");
        assertThat(request.getString("from_number")).isEqualTo("+14155550123");
        assertThat(request.getString("to_number")).isEqualTo("+61341517921");
        assertThat(request.getString("direction")).isEqualTo("inbound");
        assertThat(request.getJsonObject("metadata").getString("call_id")).isEqualTo("01J");
        assertThat(request.getJsonObject("retell_llm_dynamic_variables").getMap())
                .as("texts only, and nothing without a value")
                .isEqualTo(Map.of("name", "Ada Example", "total_enr_amount", "1200.5", "emi_eligible", "true"));
        assertThat(OpenApiContract.of("retell_openapi.yaml").violations(RetellApi.REGISTER, request))
                .isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "anonymous", "client:ada", "sip:ada@example.com"})
    void aCallerWithoutANumberIsLeftOut(String from) {
        assertThat(RetellRequests.register(call(from), AGENT, Map.of()).containsKey("from_number"))
                .isFalse();
    }

    private static Call call(String from) {
        return new Call(
                "01J",
                "CA1",
                null,
                null,
                Direction.INBOUND,
                from,
                "+61341517921",
                null,
                CallStatus.RINGING,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }
}
