package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Direction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code recipe-number-table}, asked by {@code agent-select}. */
class RecipeNumberTableRouteTest {

    private static final Map<String, Object> OWES = Map.of("due_date", "2026-12-01");

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("number-table").start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource({
        "+15550000031, parrot",
        "+15550000032, greeter",
        "+15550000039, greeter",
        "+15550000041, general",
        "anonymous, general",
        ", general",
    })
    void theTableNamesTheAgentOfTheNumber(String to, String agent) throws Exception {
        assertThat(select(scene, to, null, null, Map.of())).isEqualTo(agent);
    }

    @Test
    void aRowComesBeforeTheNumberOfAnAgentAndBeforeWhatIsKnownOfTheCaller() throws Exception {
        assertThat(select(scene, "+15550000031", null, null, OWES)).isEqualTo("parrot");
        assertThat(select(scene, "+15550000041", null, null, OWES)).isEqualTo("collections");
    }

    @Test
    void theDoorAndTheAgentOfBeforeComeFirst() throws Exception {
        assertThat(select(scene, "+15550000031", "collections", null, Map.of())).isEqualTo("collections");
        assertThat(select(scene, "+15550000031", null, "collections", Map.of())).isEqualTo("collections");
    }

    @Test
    void aNameThatNoAgentHasFallsBack(@TempDir Path dir) throws Exception {
        try (RouteScene edited = scene(dir).recipe("number-table").start()) {
            Path settings = dir.resolve("recipe/number-table/recipe-number-table-settings.camel.yaml");
            Files.writeString(settings, Files.readString(settings).replace("| parrot", "| nobody"));
            edited.flip();

            assertThat(select(edited, "+15550000031", null, null, Map.of())).isEqualTo("general");
        }
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            assertThat(select(off, "+15550000031", null, null, Map.of()))
                    .as("the agent whose own number it is")
                    .isEqualTo("reception");
        }
    }

    private static RouteScene scene(Path dir) {
        return new RouteScene(
                        dir,
                        "recipe-number-table",
                        "recipe-number-table-settings",
                        "agent-select",
                        "agent-suggest",
                        "error-default")
                .with(
                        agent("general"),
                        agent("collections"),
                        agent("parrot"),
                        agent("greeter"),
                        agent("reception", "echo", "+15550000031"));
    }

    private static String select(
            RouteScene scene,
            @Nullable String to,
            @Nullable String door,
            @Nullable String before,
            Map<String, Object> context)
            throws Exception {
        Map<String, Object> variables = new HashMap<>();
        variables.put("call", RouteScene.call(Direction.INBOUND, "+14155550123", to, before, Instant.now()));
        variables.put("context", context);
        if (door != null) {
            variables.put("agentId", door);
        }
        return scene.send("agent-select", variables)
                .getVariable("agent", Agent.class)
                .id();
    }
}
