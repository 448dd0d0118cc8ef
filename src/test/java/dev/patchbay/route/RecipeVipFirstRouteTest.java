package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Direction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recipe-vip-first}, asked by {@code agent-select}. */
class RecipeVipFirstRouteTest {

    private static final String OF_RECEPTION = "+15550000001";
    private static final String IN_THE_TABLE = "+15550000031";
    private static final String OTHER = "+15550000099";
    private static final Map<String, Object> VIP = Map.of("vip", true, "due_date", "2026-12-01");

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("vip-first").recipe("number-table").start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void aVipGetsTheVipsAgentWhateverTheyCallAndOwe() throws Exception {
        assertThat(select(scene, OTHER, null, VIP)).isEqualTo("vip");
        assertThat(select(scene, OF_RECEPTION, null, VIP)).isEqualTo("vip");
        assertThat(select(scene, IN_THE_TABLE, null, VIP)).isEqualTo("vip");
    }

    @Test
    void everybodyElseIsAnsweredAsEver() throws Exception {
        assertThat(select(scene, OTHER, null, Map.of("name", "Ada"))).isEqualTo("general");
        assertThat(select(scene, OTHER, null, Map.of("vip", false))).isEqualTo("general");
        assertThat(select(scene, OTHER, null, Map.of("vip", "gold"))).isEqualTo("general");
        assertThat(select(scene, OF_RECEPTION, null, Map.of())).isEqualTo("reception");
        assertThat(select(scene, IN_THE_TABLE, null, Map.of())).isEqualTo("parrot");
    }

    @Test
    void theDoorComesFirst() throws Exception {
        assertThat(select(scene, OTHER, "reception", VIP)).isEqualTo("reception");
    }

    @Test
    void withoutSuchAnAgentTheGeneralOneTakesTheCall(@TempDir Path dir) throws Exception {
        try (RouteScene poor = new RouteScene(dir, "recipe-vip-first", "agent-select", "agent-suggest", "error-default")
                .with(agent("general"))
                .recipe("vip-first")
                .start()) {
            assertThat(select(poor, OTHER, null, VIP)).isEqualTo("general");
        }
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            assertThat(select(off, OF_RECEPTION, null, VIP)).isEqualTo("reception");
        }
    }

    private static RouteScene scene(Path dir) {
        return new RouteScene(
                        dir,
                        "recipe-vip-first",
                        "recipe-number-table",
                        "recipe-number-table-settings",
                        "agent-select",
                        "agent-suggest",
                        "error-default")
                .with(
                        agent("general"),
                        agent("vip"),
                        agent("parrot"),
                        agent("collections"),
                        agent("reception", "echo", OF_RECEPTION));
    }

    private static String select(RouteScene scene, String to, @Nullable String door, Map<String, Object> context)
            throws Exception {
        Map<String, Object> variables = new HashMap<>();
        variables.put("call", RouteScene.call(Direction.INBOUND, "+14155550126", to, null, Instant.now()));
        variables.put("context", context);
        if (door != null) {
            variables.put("agentId", door);
        }
        return scene.send("agent-select", variables)
                .getVariable("agent", Agent.class)
                .id();
    }
}
