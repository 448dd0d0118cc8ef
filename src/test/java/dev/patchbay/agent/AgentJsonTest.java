package dev.patchbay.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentJsonTest {

    @Test
    void everyKeyIsThere() throws JsonProcessingException {
        Agent agent = new Agent(
                "general", "General", "elevenlabs", null, null, "agent_1", "Hello", "en", null, AgentLimits.DEFAULT);
        assertThat(new ObjectMapper().writeValueAsString(AgentJson.of(agent))).isEqualTo("""
                        {"id":"general","name":"General","provider":"elevenlabs","phone_number":null,"retell_agent_id":null,\
                        "elevenlabs_agent_id":"agent_1","greeting":"Hello","language":"en","voice":null}""");
    }

    @Test
    void theFieldsOfTheOlderApplicationAreRead() {
        Agent agent = AgentJson.read(Map.of(
                "_id", "507f1f77bcf86cd799439011",
                "name", "Support",
                "phoneNumber", "+61 3 4151 7921",
                "retellAgentId", "agent_1"));
        assertThat(agent)
                .isEqualTo(new Agent(
                        "507f1f77bcf86cd799439011",
                        "Support",
                        "retell",
                        "+61341517921",
                        "agent_1",
                        null,
                        null,
                        null,
                        null,
                        AgentLimits.DEFAULT));
        assertThat(AgentJson.changed(agent, Map.of("phoneNumber", "+61341517922")))
                .isEqualTo(AgentJson.changed(agent, Map.of("phone_number", "+61341517922")))
                .extracting(Agent::phoneNumber)
                .isEqualTo("+61341517922");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertInvalid("name", Map.of("provider", "echo"));
        assertInvalid("provider", Map.of("name", "a"));
        assertInvalid("provider", Map.of("name", "a", "provider", "echo-call-answer?x"));
        assertInvalid("phone_number", Map.of("name", "a", "provider", "echo", "phone_number", "anonymous"));
        assertInvalid("greeting", Map.of("name", "a", "provider", "echo", "greeting", 7));
        assertInvalid("greeting", Map.of("name", "a", "provider", "echo", "greeting", "x".repeat(4_001)));
        assertInvalid("id", Map.of("name", "a", "provider", "echo", "id", "a/b"));
    }

    @Test
    void anIdDoesNotChange() {
        Agent agent = AgentJson.read(Map.of("id", "one", "name", "a", "provider", "echo"));
        assertThat(AgentJson.changed(agent, Map.of("id", "one", "name", "b")).name())
                .isEqualTo("b");
        assertThatThrownBy(() -> AgentJson.changed(agent, Map.of("id", "two"))).hasMessageStartingWith("id");
    }

    private static void assertInvalid(String field, Map<String, Object> json) {
        assertThatThrownBy(() -> AgentJson.read(json))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INVALID_REQUEST))
                .hasMessageStartingWith(field);
    }
}
