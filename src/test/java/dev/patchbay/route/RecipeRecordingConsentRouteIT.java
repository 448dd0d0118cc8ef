package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.Direction;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CustomerStore;
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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code recipe-recording-consent} and {@code recipe-recording-consent-answer}, asked by {@code call-answer} and {@code
 * input-receive}, with {@code PATCHBAY_RECORD_CALLS=on-consent}.
 */
class RecipeRecordingConsentRouteIT {

    private static final String UNKNOWN = "+14155550181";
    private static final String AGREED = "+14155550182";
    private static final String REFUSED = "+14155550183";

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("recording-consent").start();
        CustomerStore customers = scene.bean(CustomerStore.class);
        customers.insert(Map.of("phone", AGREED, "name", "Ada", "recording_consent", true));
        customers.insert(Map.of("phone", REFUSED, "name", "Ben", "recording_consent", false));
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void whoIsNotKnownIsAsked() throws Exception {
        assertThat(twiml(answer(scene, call(UNKNOWN), null)))
                .contains(
                        "<Gather input=\"dtmf speech\"",
                        "action=\"/twilio/handle-input?step=recording-consent-answer\"")
                .contains("<Say>May we record this call?")
                .contains("<Redirect>/twilio/handle-input?step=recording-consent-answer</Redirect>")
                .doesNotContain("<Stream");
    }

    @Test
    void whoHasAnsweredBeforeIsNot() throws Exception {
        assertThat(twiml(answer(scene, call(AGREED), null)))
                .contains("<Stream", "<Start><Recording")
                .doesNotContain("<Gather");
        assertThat(twiml(answer(scene, call(REFUSED), null)))
                .contains("<Stream")
                .doesNotContain("<Recording", "<Gather");
    }

    @ParameterizedTest
    @CsvSource({
        "Digits, 1, true",
        "SpeechResult, Yes., true",
        "SpeechResult, sure go ahead, true",
        "SpeechResult, I agree, true",
        "Digits, 2, false",
        "Digits, 7, false",
        "SpeechResult, No!, false",
        "SpeechResult, 'well, no, not okay', false",
        "SpeechResult, I do not agree, false",
        "SpeechResult, what, false",
        "SpeechResult, '', false",
        "CallStatus, in-progress, false",
    })
    void onlyAYesIsAYes(String field, String value, boolean recorded) throws Exception {
        Call call = call(UNKNOWN);
        answer(scene, call, null);

        String twiml = twiml(say(call, Map.of(field, value)));

        assertThat(twiml).contains("<Stream").doesNotContain("<Gather");
        assertThat(twiml.contains("<Start><Recording")).isEqualTo(recorded);
        assertThat(scene.bean(CallEventStore.class).list(call.id(), null, 10).items())
                .filteredOn(event -> event.type().equals("caller-answered"))
                .extracting(CallEvent::data)
                .containsExactly(Map.of("recording_consent", recorded));
    }

    @Test
    void theAgentOfTheDoorIsNotForgotten() throws Exception {
        Call call = call(UNKNOWN);
        answer(scene, call, "reception");

        Exchange done = say(call, Map.of("Digits", "2"));

        assertThat(done.getVariable("agent", Agent.class).id()).isEqualTo("reception");
    }

    @Test
    void callsThatWePlaceAreNotAsked() throws Exception {
        Call placed = RouteScene.call(Direction.OUTBOUND, "+15550000000", UNKNOWN, "reception", Instant.now());

        assertThat(twiml(answer(scene, placed, null))).contains("<Stream").doesNotContain("<Gather");
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            assertThat(twiml(answer(off, call(UNKNOWN), null)))
                    .contains("<Stream")
                    .doesNotContain("<Gather", "<Recording");
        }
    }

    private static RouteScene scene(Path dir) {
        return new RouteScene(
                        dir,
                        "recipe-recording-consent",
                        "recipe-recording-consent-answer",
                        "recipe-recording-consent-settings",
                        "call-answer",
                        "call-screen",
                        "input-receive",
                        "customer-lookup",
                        "agent-select",
                        "agent-suggest",
                        "echo-call-answer",
                        "error-default")
                .recording("on-consent")
                .withCalls()
                .with(agent("general"), agent("reception"));
    }

    private static Call call(String from) {
        return RouteScene.call(Direction.INBOUND, from, "+15550000000", null, Instant.now());
    }

    private static Exchange answer(RouteScene scene, Call call, @Nullable String door) throws Exception {
        Map<String, Object> variables = new HashMap<>(Map.of("call", call));
        if (door != null) {
            variables.put("agentId", door);
        }
        return scene.send("call-answer", variables);
    }

    private static Exchange say(Call call, Map<String, String> form) throws Exception {
        return scene.send("input-receive", form, Map.of("call", call, "step", "recording-consent-answer"));
    }

    private static String twiml(Exchange done) {
        return done.getMessage().getBody(String.class);
    }
}
