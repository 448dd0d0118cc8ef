package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Direction;
import dev.patchbay.store.CustomerStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code recipe-caller-language}, asked by {@code customer-lookup}. */
class RecipeCallerLanguageRouteIT {

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("caller-language").start();
        CustomerStore customers = scene.bean(CustomerStore.class);
        customers.insert(Map.of("phone", "+49301234567", "name", "Erkan", "language", "tr"));
        customers.insert(Map.of("phone", "+49301234568", "name", "Frieda"));
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource({
        "+4930901820, de",
        "+33140205050, fr",
        "+14155550199, en",
        "+15145550199, fr",
        "+41446681800, de",
        "+41227670111, fr",
        "+9779812345678, ", // Nepal has no row
        "anonymous, ",
        "sip:ada@example.com, ",
    })
    void theCountryOfTheNumberTellsTheLanguage(String from, String language) throws Exception {
        assertThat(context(Direction.INBOUND, from, "+15550000000").get("language"))
                .isEqualTo(language);
    }

    @Test
    void aCustomersOwnLanguageComesFirst() throws Exception {
        assertThat(context(Direction.INBOUND, "+49301234567", "+15550000000"))
                .containsEntry("language", "tr")
                .containsEntry("name", "Erkan");
        assertThat(context(Direction.INBOUND, "+49301234568", "+15550000000"))
                .containsEntry("language", "de")
                .containsEntry("name", "Frieda");
    }

    @Test
    void inACallThatWePlaceTheOtherSideCounts() throws Exception {
        assertThat(context(Direction.OUTBOUND, "+15550000000", "+33140205050")).containsEntry("language", "fr");
    }

    @Test
    void theAgentOfThatNameTakesTheCall() throws Exception {
        assertThat(agentOf(scene, "+4930901820")).isEqualTo("de");
        assertThat(agentOf(scene, "+33140205050")).as("there is no agent fr").isEqualTo("general");
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            assertThat(agentOf(off, "+4930901820")).isEqualTo("general");
        }
    }

    private static RouteScene scene(Path dir) {
        return new RouteScene(
                        dir,
                        "recipe-caller-language",
                        "recipe-caller-language-settings",
                        "customer-lookup",
                        "call-answer",
                        "call-screen",
                        "agent-select",
                        "agent-suggest",
                        "echo-call-answer",
                        "error-default")
                .withCalls()
                .with(agent("general"), agent("de"));
    }

    private static String agentOf(RouteScene scene, String from) throws Exception {
        Exchange done = scene.send(
                "call-answer",
                Map.of("call", RouteScene.call(Direction.INBOUND, from, "+15550000000", null, Instant.now())));
        return done.getVariable("agent", Agent.class).id();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> context(Direction direction, String from, String to) throws Exception {
        Exchange done = scene.send(
                "customer-lookup", Map.of("call", RouteScene.call(direction, from, to, null, Instant.now())));
        return done.getVariable("context", Map.class);
    }
}
