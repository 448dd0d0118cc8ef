package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Direction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a route is tested, with {@code agent-select}: the example of docs/testing.md. */
class ExampleRouteTest {

    @TempDir
    private Path dir;

    private RouteScene scene;

    @BeforeEach
    void start() {
        scene = new RouteScene(dir, "agent-select", "error-default") // The files that are under test.
                .mocked("agent-suggest") // What they send to.
                .with(agent("general"), agent("collections"), agent("sales"))
                .start();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void whoOwesSomethingTalksToCollections() throws Exception {
        assertThat(agentFor(Map.of("due_date", "2026-12-01"))).isEqualTo("collections");
        assertThat(agentFor(Map.of())).isEqualTo("general");
    }

    @Test
    void recipesAreAskedOnceAndWinOverWhatIsKnownOfTheCaller() throws Exception {
        MockEndpoint recipes = scene.mock("agent-suggest");
        recipes.expectedMessageCount(1);
        recipes.whenAnyExchangeReceived(exchange -> exchange.setVariable("suggested", "sales"));

        assertThat(agentFor(Map.of("due_date", "2026-12-01"))).isEqualTo("sales");
        recipes.assertIsSatisfied();
    }

    /** The id of the agent that is chosen for a call by somebody of whom this is known. */
    private String agentFor(Map<String, Object> known) throws Exception {
        var call = RouteScene.call(Direction.INBOUND, "+14155550123", "+15550000000", null, Instant.now());
        return scene.send("agent-select", Map.of("call", call, "context", known))
                .getVariable("agent", Agent.class)
                .id();
    }
}
