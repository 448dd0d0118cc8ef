package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of {@code recipe-call-queue}, asked by {@code call-answer} and {@code input-receive}. */
class RecipeCallQueueRouteIT {

    private static final String LINE = "+15550000051";
    private static final String ATTENDANT = "+15550000091";
    private static final String CALLER = "+14155550123";

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("call-queue").start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void whoCallsTheLineWaits() throws Exception {
        Call call = received(scene, CALLER, LINE);

        assertThat(answer(scene, call))
                .contains("<Enqueue", "waitUrl=\"/twilio/handle-input?step=call-queue-wait\"")
                .contains("action=\"/twilio/handle-input?step=call-queue-leave\">support</Enqueue>");
        assertThat(events(call)).contains("queue-entered");
    }

    @Test
    void anAttendantTakesTheNextCaller() throws Exception {
        Call attendant = received(scene, ATTENDANT, LINE);

        assertThat(answer(scene, attendant))
                .contains("<Queue url=\"/twilio/handle-input?step=call-queue-greet\">support</Queue>");
        assertThat(answeredAt(attendant)).as("else it would be a missed call").isNotNull();
    }

    @Test
    void whoIsTakenHearsSoAndHasBeenAnswered() throws Exception {
        Call call = received(scene, CALLER, LINE);
        answer(scene, call);
        assertThat(answeredAt(call)).as("who waits reaches nobody yet").isNull();

        assertThat(step(call, "call-queue-greet", Map.of("DequeingCallSid", "CA1")))
                .contains("You are being connected.")
                .doesNotContain("<Hangup/>");
        assertThat(answeredAt(call)).isNotNull();
        assertThat(events(call)).contains("queue-attended");
    }

    @Test
    void anAgentsOwnDoorHasNoQueue() throws Exception {
        Call call = received(scene, CALLER, LINE);

        assertThat(scene.send("call-answer", Map.of("call", call, "agentId", "general"))
                        .getMessage()
                        .getBody(String.class))
                .contains("<Stream");
    }

    @Test
    void otherNumbersAreAnsweredAsEver() throws Exception {
        assertThat(answer(scene, received(scene, CALLER, "+15550000000"))).contains("<Stream");
        assertThat(answer(scene, received(scene, ATTENDANT, "+15550000000"))).contains("<Stream");
    }

    @Test
    void whoWaitsHearsTheirPlaceAndMusicUntilTheirPatienceEnds() throws Exception {
        Call call = received(scene, CALLER, LINE);

        assertThat(step(call, "call-queue-wait", Map.of("QueuePosition", "2", "QueueTime", "599")))
                .contains("There is one caller before you.", "<Play>http")
                .doesNotContain("<Leave/>");
        assertThat(step(call, "call-queue-wait", Map.of("QueuePosition", "2", "QueueTime", "600")))
                .isEqualTo("<Response><Leave/></Response>");
    }

    @Test
    void whoWasTakenHasTalked() throws Exception {
        Call call = received(scene, CALLER, LINE);

        assertThat(step(call, "call-queue-leave", Map.of("QueueResult", "bridged")))
                .contains("<Hangup/>");
    }

    @Test
    void whoHungUpIsNotAskedForAMessage() throws Exception {
        Call call = received(scene, CALLER, LINE);

        assertThat(step(call, "call-queue-leave", Map.of("QueueResult", "hangup", "CallStatus", "completed")))
                .doesNotContain("<Record");
        assertThat(events(call)).contains("queue-left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "queue-full", "error", "system-error"})
    void whoWasNotLeavesAMessage(String result) throws Exception {
        Call call = received(scene, CALLER, LINE);

        assertThat(step(call, "call-queue-leave", Map.of("QueueResult", result)))
                .contains("<Record");
        assertThat(events(call)).contains("queue-left");
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            assertThat(answer(off, received(off, CALLER, LINE))).contains("<Stream");
        }
    }

    private static RouteScene scene(Path dir) {
        return new RouteScene(
                        dir,
                        "recipe-call-queue",
                        "recipe-call-queue-take",
                        "recipe-call-queue-greet",
                        "recipe-call-queue-wait",
                        "recipe-call-queue-leave",
                        "recipe-call-queue-settings",
                        "call-answer",
                        "call-screen",
                        "call-voicemail",
                        "call-end",
                        "input-receive",
                        "customer-lookup",
                        "agent-select",
                        "agent-suggest",
                        "echo-call-answer",
                        "error-default")
                .withCalls()
                .with(agent("general"));
    }

    private static Call received(RouteScene scene, String from, String to) {
        return scene.bean(TwilioCalls.class)
                .received(Map.of(
                        "CallSid",
                        "CA" + UUID.randomUUID().toString().replace("-", ""),
                        "CallStatus",
                        "ringing",
                        "From",
                        from,
                        "To",
                        to));
    }

    private static String answer(RouteScene scene, Call call) throws Exception {
        return scene.send("call-answer", Map.of("call", call)).getMessage().getBody(String.class);
    }

    private static String step(Call call, String step, Map<String, String> form) throws Exception {
        return scene.send("input-receive", form, Map.of("call", call, "step", step))
                .getMessage()
                .getBody(String.class);
    }

    private static @Nullable Instant answeredAt(Call call) {
        return scene.bean(CallStore.class).find(call.id()).orElseThrow().answeredAt();
    }

    private static List<String> events(Call call) {
        return scene.bean(CallEventStore.class).list(call.id(), null, 10).items().stream()
                .map(CallEvent::type)
                .toList();
    }
}
