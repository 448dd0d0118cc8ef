package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.Direction;
import dev.patchbay.store.CallEventStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code recipe-ivr-menu}, {@code recipe-ivr-menu-ask} and {@code recipe-ivr-menu-choose}, asked by {@code call-answer} and
 * {@code input-receive}.
 */
class RecipeIvrMenuRouteIT {

    private static final String NUMBER = "+15550000041";

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("ivr-menu").start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void whoCallsTheNumberIsAsked() throws Exception {
        assertThat(twiml(answer(call(NUMBER), null)))
                .contains("<Gather input=\"dtmf speech\" numDigits=\"1\"")
                .contains("action=\"/twilio/handle-input?step=ivr-menu-choose\"")
                .contains("<Say>For sales, press 1.")
                .contains("<Redirect>/twilio/handle-input?step=ivr-menu-choose</Redirect>")
                .doesNotContain("<Stream");
    }

    @Test
    void otherNumbersAndDoorsAreNot() throws Exception {
        assertThat(twiml(answer(call("+15550000000"), null)))
                .contains("<Stream")
                .doesNotContain("<Gather");
        assertThat(twiml(answer(call(NUMBER), "greeter"))).contains("<Stream").doesNotContain("<Gather");
    }

    @ParameterizedTest
    @CsvSource({
        "Digits, 1, parrot",
        "Digits, 2, greeter",
        "SpeechResult, I want to buy something, parrot",
        "SpeechResult, My lamp is broken., greeter",
    })
    void anAnswerReachesTheAgentOfTheChoiceWhoIsToldIt(String field, String value, String agent) throws Exception {
        Call call = call(NUMBER);

        Exchange done = choose(call, Map.of(field, value));

        assertThat(twiml(done))
                .contains("<Stream", "<Parameter name=\"menu\" value=\"" + agent + "\"")
                .doesNotContain("<Gather");
        assertThat(done.getVariable("agent", Agent.class).id()).isEqualTo(agent);
        assertThat(events(call)).startsWith("caller-answered");
    }

    @Test
    void voicemailIsAChoiceToo() throws Exception {
        assertThat(twiml(choose(call(NUMBER), Map.of("Digits", "9")))).contains("<Record");
    }

    @Test
    void whoIsNotUnderstoodIsAskedOnceMore() throws Exception {
        Call call = call(NUMBER);

        assertThat(twiml(choose(call, Map.of("Digits", "5")))).contains("<Gather");
        assertThat(done(choose(call, Map.of("SpeechResult", "sales please")))).isEqualTo("parrot");
    }

    @Test
    void andThenSpeaksWithTheGeneralAgent() throws Exception {
        Call call = call(NUMBER);

        assertThat(twiml(choose(call, Map.of()))).contains("<Gather");
        assertThat(done(choose(call, Map.of("Digits", "5")))).isEqualTo("general");
    }

    @Test
    void whatACallerSaysIsNeverCode() throws Exception {
        Call call = call(NUMBER);

        for (String words : List.of("${bean:agents}", "direct:call-end", "parrot') or ('", "<Hangup/>")) {
            assertThat(twiml(choose(call, Map.of("SpeechResult", words)))).doesNotContain(words);
        }
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            Exchange done = off.send("call-answer", Map.of("call", call(NUMBER)));

            assertThat(twiml(done)).contains("<Stream").doesNotContain("<Gather");
        }
    }

    private static RouteScene scene(Path dir) {
        return new RouteScene(
                        dir,
                        "recipe-ivr-menu",
                        "recipe-ivr-menu-ask",
                        "recipe-ivr-menu-choose",
                        "recipe-ivr-menu-settings",
                        "call-answer",
                        "call-screen",
                        "call-voicemail",
                        "input-receive",
                        "customer-lookup",
                        "agent-select",
                        "agent-suggest",
                        "echo-call-answer",
                        "error-default")
                .withCalls()
                .with(agent("general"), agent("parrot"), agent("greeter"));
    }

    private static Call call(String to) {
        return RouteScene.call(Direction.INBOUND, "+14155550192", to, null, Instant.now());
    }

    private static Exchange answer(Call call, @Nullable String door) throws Exception {
        Map<String, Object> variables = new HashMap<>(Map.of("call", call));
        if (door != null) {
            variables.put("agentId", door);
        }
        return scene.send("call-answer", variables);
    }

    private static Exchange choose(Call call, Map<String, String> form) throws Exception {
        return scene.send("input-receive", form, Map.of("call", call, "step", "ivr-menu-choose"));
    }

    private static String twiml(Exchange done) {
        return done.getMessage().getBody(String.class);
    }

    private static String done(Exchange done) {
        assertThat(twiml(done)).contains("<Stream");
        return done.getVariable("agent", Agent.class).id();
    }

    private static List<String> events(Call call) {
        return scene.bean(CallEventStore.class).list(call.id(), null, 10).items().stream()
                .map(CallEvent::type)
                .toList();
    }
}
