package dev.patchbay.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.PatchbayException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentDirectoryTest {

    private static final Agent SALES = agent("01SALES", "sales", "elevenlabs", "+14155550100");
    private static final Agent STORED_ECHO = agent("01ECHO", "echo", "elevenlabs", null);
    private static final Agent GENERAL = agent("general", "general", "elevenlabs", null);
    private static final Agent ECHO = agent("echo", "echo", "echo", null);

    @Test
    void findsStoredAgentsByIdAndByName() {
        AgentDirectory agents = directory(List.of(SALES), List.of(GENERAL, ECHO));
        assertThat(agents.find("01SALES")).contains(SALES);
        assertThat(agents.find("sales")).contains(SALES);
        assertThat(agents.find("echo")).contains(ECHO);
        assertThat(agents.find("nobody")).isEmpty();
        assertThat(agents.exists("sales")).isTrue();
        assertThat(agents.exists("nobody")).isFalse();
    }

    @Test
    void aStoredAgentComesBeforeAConfiguredOneOfThatName() {
        assertThat(directory(List.of(STORED_ECHO), List.of(ECHO)).find("echo")).contains(STORED_ECHO);
    }

    @Test
    void aMissingAgentIsNamed() {
        AgentDirectory agents = directory(List.of(), List.of(GENERAL));
        assertThat(agents.required("general")).isEqualTo(GENERAL);
        assertThatThrownBy(() -> agents.required("nobody"))
                .isInstanceOf(PatchbayException.class)
                .hasMessage("Agent not found: nobody");
    }

    @Test
    void whoIsGivenIsAnAgentOrNamesOne() {
        AgentDirectory agents = directory(List.of(SALES), List.of(GENERAL));
        assertThat(agents.given(ECHO)).isSameAs(ECHO);
        assertThat(agents.given("sales")).isEqualTo(SALES);
        assertThatThrownBy(() -> agents.given("nobody")).hasMessage("Agent not found: nobody");
        assertThatThrownBy(() -> agents.given(null)).hasMessageStartingWith("agent is missing");
        assertThatThrownBy(() -> agents.given(" ")).hasMessageStartingWith("agent is missing");
    }

    @Test
    void theGeneralAgentStandsInForAMissingOne() {
        AgentDirectory agents = directory(List.of(SALES), List.of(GENERAL));
        assertThat(agents.named("sales")).isEqualTo(SALES);
        assertThat(agents.named("nobody")).isEqualTo(GENERAL);
        assertThat(agents.named("")).isEqualTo(GENERAL);
    }

    @Test
    void aNumberIsAnsweredByItsAgentOrTheGeneralOne() {
        AgentDirectory agents = directory(List.of(SALES), List.of(GENERAL));
        assertThat(agents.ofNumber("+14155550100")).isEqualTo(SALES);
        assertThat(agents.ofNumber("+14155550199")).isEqualTo(GENERAL);
        assertThat(agents.answers("+14155550100")).isTrue();
        assertThat(agents.answers("+14155550199")).isFalse();
        assertThat(agents.answers(null)).isFalse();
    }

    @Test
    void withoutAGeneralAgentItSaysWhatToSet() {
        AgentDirectory agents = directory(List.of(SALES), List.of(ECHO));
        assertThatIllegalStateException()
                .isThrownBy(() -> agents.named("nobody"))
                .withMessageContaining("ELEVENLABS_API_KEY")
                .withMessageContaining("ELEVENLABS_AGENT_ID");
        assertThatIllegalStateException().isThrownBy(() -> agents.ofNumber("+14155550199"));
    }

    private static AgentDirectory directory(List<Agent> stored, List<Agent> configured) {
        return new AgentDirectory(
                key -> first(stored.stream()
                        .filter(a -> a.id().equals(key) || a.name().equals(key))),
                number -> first(stored.stream().filter(a -> number.equals(a.phoneNumber()))),
                configured);
    }

    private static Optional<Agent> first(Stream<Agent> agents) {
        return agents.findFirst();
    }

    private static Agent agent(String id, String name, String provider, @Nullable String number) {
        return new Agent(id, name, provider, number, null, null, null, null, null, AgentLimits.DEFAULT);
    }
}
