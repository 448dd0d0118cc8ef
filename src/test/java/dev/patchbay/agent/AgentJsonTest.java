package dev.patchbay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
}
