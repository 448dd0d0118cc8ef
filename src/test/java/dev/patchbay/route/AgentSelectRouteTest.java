package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.error.PatchbayException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code agent-select}: the first rule that fits wins. */
class AgentSelectRouteTest {

    private static final String OUR_NUMBER = "+15550000001";
    private static final Map<String, Object> OWES = Map.of("due_date", "2026-12-01");
    private static final Map<String, Object> MAY_PAY_IN_INSTALMENTS =
            Map.of("due_date", "2026-12-01", "emi_eligible", true);

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) throws Exception {
        scene = new RouteScene(dir, "agent-select", "agent-suggest", "error-default")
                .with(
                        agent("general"),
                        agent("collections"),
                        agent("instalments"),
                        agent("hi-IN"),
                        agent("human", "twilio", "+15550000099"),
                        agent("reception", "elevenlabs", OUR_NUMBER))
                .start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void aCallThatHasAnAgentKeepsIt() throws Exception {
        assertThat(select(call(OUR_NUMBER, "human"), null, MAY_PAY_IN_INSTALMENTS))
                .isEqualTo("human");
    }

    @Test
    void aCallThatIsHandedOnComesToTheDoorOfItsNextAgent() throws Exception {
        assertThat(select(call(OUR_NUMBER, "human"), "collections", MAY_PAY_IN_INSTALMENTS))
                .isEqualTo("collections");
    }

    @Test
    void theDoorsAgentComesBeforeTheNumbers() throws Exception {
        assertThat(select(call(OUR_NUMBER, null), "human", MAY_PAY_IN_INSTALMENTS))
                .isEqualTo("human");
    }

    @Test
    void aDoorOfNoAgentIsAnError() {
        assertThatThrownBy(() -> select(call(OUR_NUMBER, null), "nobody", Map.of()))
                .hasRootCauseInstanceOf(PatchbayException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void theNumbersAgentComesBeforeWhatIsKnownOfTheCaller() throws Exception {
        assertThat(select(call(OUR_NUMBER, null), null, MAY_PAY_IN_INSTALMENTS)).isEqualTo("reception");
    }

    @Test
    void whoMayPayInInstalmentsIsOfferedThem() throws Exception {
        assertThat(select(null, MAY_PAY_IN_INSTALMENTS)).isEqualTo("instalments");
    }

    @Test
    void whoMayNotPayInInstalmentsIsReminded() throws Exception {
        assertThat(select(null, Map.of("due_date", "2026-12-01", "emi_eligible", false)))
                .isEqualTo("collections");
    }

    @Test
    void whoOwesSomethingIsReminded() throws Exception {
        assertThat(select(null, OWES)).isEqualTo("collections");
    }

    @Test
    void whoSpeaksAnAgentsLanguageGetsIt() throws Exception {
        assertThat(select(null, Map.of("language", "hi-IN"))).isEqualTo("hi-IN");
    }

    @Test
    void everybodyElseGetsTheGeneralAgent() throws Exception {
        assertThat(select(null, Map.of("name", "Valued Customer"))).isEqualTo("general");
    }

    @Test
    void anAgentThatDoesNotExistFallsBackToTheGeneralOne() throws Exception {
        assertThat(select(null, Map.of("language", "fi"))).isEqualTo("general");
        assertThat(select(call("+15559999999", "gone"), null, Map.of())).isEqualTo("general");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${bean:agents?method=named('human')}",
                "${camelContext}",
                "human')",
                "human, general",
                "null",
                ""
            })
    void whatIsKnownOfACallerIsNeverCode(String language) throws Exception {
        assertThat(select(null, Map.of("language", language))).isEqualTo("general");
    }

    @Test
    void aCallToNoNumberHasAnAgentToo() throws Exception {
        assertThat(select(call(null, null), null, OWES)).isEqualTo("collections");
    }

    @Test
    void theProviderIsTheAgents() throws Exception {
        Exchange done = scene.send("agent-select", variables(call(OUR_NUMBER, null), null, Map.of()));

        assertThat(done.getVariable("provider", String.class)).isEqualTo("elevenlabs");
    }

    @Test
    void withoutAnyAgentTheErrorSaysWhatToSet(@TempDir Path dir) throws Exception {
        try (RouteScene nobody = new RouteScene(dir, "agent-select", "agent-suggest", "error-default")
                .with(new Agent[0])
                .start()) {
            assertThatThrownBy(() -> nobody.send("agent-select", variables(call(null, null), null, Map.of())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ELEVENLABS_AGENT_ID");
        }
    }

    /** A call to a number that belongs to no agent. */
    private static String select(@Nullable String door, Map<String, Object> context) throws Exception {
        return select(call("+15559999999", null), door, context);
    }

    private static String select(Call call, @Nullable String door, Map<String, Object> context) throws Exception {
        return scene.send("agent-select", variables(call, door, context))
                .getVariable("agent", Agent.class)
                .id();
    }

    private static Map<String, Object> variables(Call call, @Nullable String door, Map<String, Object> context) {
        Map<String, Object> variables = new HashMap<>(Map.of("call", call, "context", context));
        if (door != null) {
            variables.put("agentId", door);
        }
        return variables;
    }

    private static Call call(@Nullable String to, @Nullable String agentId) {
        return new Call(
                "01J00000000000000000000000",
                "CA00000000000000000000000000000001",
                null,
                null,
                Direction.INBOUND,
                "+14155550123",
                to,
                agentId,
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
