package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.Direction;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recipe-business-hours} and {@code recipe-business-hours-close}, asked by {@code call-answer}. */
class RecipeBusinessHoursRouteIT {

    private static final String NEVER_OPEN = "+15550000023";
    private static final String BERLIN = "+15550000022";
    private static final String OTHER = "+15550000000";

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("business-hours").start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void whoCallsWhileNobodyIsThereHearsSo() throws Exception {
        Call call = received("CA00000000000000000000000000000001", NEVER_OPEN);

        Exchange done = scene.send("call-answer", Map.of("call", call));

        assertThat(done.getMessage().getBody(String.class))
                .contains("<Say>Thank you for calling. Nobody is here at the moment.</Say>")
                .contains("<Redirect>/twilio/handle-input?step=business-hours-close</Redirect>")
                .doesNotContain("<Stream");
        assertThat(scene.bean(CallEventStore.class).list(call.id(), null, 10).items())
                .extracting(CallEvent::type)
                .containsExactly("call-received", "office-closed");
        assertThat(scene.bean(CallStore.class).find(call.id()).orElseThrow().agentId())
                .isNull();
    }

    @Test
    void thenTheyCanLeaveAMessage() throws Exception {
        Call call = received("CA00000000000000000000000000000002", NEVER_OPEN);

        Exchange done = scene.send("input-receive", Map.of("call", call, "step", "business-hours-close"));

        assertThat(done.getMessage().getBody(String.class)).contains("<Record");
    }

    @Test
    void theTimeIsThatOfTheCallByTheClockOfTheNumber() throws Exception {
        // 2026-07-01 is a Wednesday; Berlin is two hours ahead of UTC then, and closes at 17:30.
        assertThat(answer(BERLIN, "2026-07-01T15:29:00Z", null)).contains("<Stream");
        assertThat(answer(BERLIN, "2026-07-01T15:31:00Z", null)).contains("Nobody is here");
    }

    @Test
    void otherNumbersAreAnsweredAsEver() throws Exception {
        assertThat(answer(OTHER, "2026-07-01T02:00:00Z", null)).contains("<Stream");
    }

    @Test
    void aCallThatHasAnAgentIsNotJudgedAgain() throws Exception {
        assertThat(answer(BERLIN, "2026-07-01T15:31:00Z", "general")).contains("<Stream");
    }

    @Test
    void callsThatWePlaceAreNotJudged() throws Exception {
        Call placed = call(Direction.OUTBOUND, NEVER_OPEN, Instant.now(), null);

        assertThat(scene.send("call-answer", Map.of("call", placed))
                        .getMessage()
                        .getBody(String.class))
                .contains("<Stream");
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            Exchange done =
                    off.send("call-answer", Map.of("call", call(Direction.INBOUND, NEVER_OPEN, Instant.now(), null)));

            assertThat(done.getMessage().getBody(String.class)).contains("<Stream");
            assertThat(done.getContext().getRoute("recipe-business-hours")).isNull();
            assertThat(done.getContext().getRoute("recipe-business-hours-close"))
                    .isNull();
        }
    }

    @Test
    void aTypingErrorIsFoundWhenTheRoutesAreLoadedAndChangesNothing(@TempDir Path dir) throws Exception {
        try (RouteScene edited = scene(dir).recipe("business-hours").start()) {
            Path settings = dir.resolve("recipe/business-hours/recipe-business-hours-settings.camel.yaml");
            Files.writeString(settings, Files.readString(settings).replace("Asia/Kolkata", "Asia/Calcuta"));

            assertThatThrownBy(edited::flip)
                    .isInstanceOf(PatchbayRoutesException.class)
                    .hasMessageContaining("recipe-business-hours-settings.camel.yaml")
                    .hasMessageContaining("line 4: Asia/Calcuta is no time zone");
            Exchange done = edited.send(
                    "call-answer", Map.of("call", call(Direction.INBOUND, NEVER_OPEN, Instant.now(), null)));
            assertThat(done.getMessage().getBody(String.class)).contains("Nobody is here");

            Files.writeString(
                    settings,
                    Files.readString(settings)
                            .replace("Asia/Calcuta", "Asia/Kolkata")
                            .replace("closed                           ", "always"));
            edited.flip();
            done = edited.send("call-answer", Map.of("call", call(Direction.INBOUND, NEVER_OPEN, Instant.now(), null)));
            assertThat(done.getMessage().getBody(String.class)).contains("<Stream");
        }
    }

    private static RouteScene scene(Path dir) {
        return new RouteScene(
                        dir,
                        "recipe-business-hours",
                        "recipe-business-hours-close",
                        "recipe-business-hours-settings",
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
                .with(agent("general"));
    }

    private static Call received(String callSid, String to) {
        return scene.bean(TwilioCalls.class)
                .received(Map.of("CallSid", callSid, "CallStatus", "ringing", "From", "+14155550123", "To", to));
    }

    private static String answer(String to, String at, @Nullable String agentId) throws Exception {
        Call call = call(Direction.INBOUND, to, Instant.parse(at), agentId);
        return scene.send("call-answer", Map.of("call", call)).getMessage().getBody(String.class);
    }

    private static Call call(Direction direction, String to, Instant at, @Nullable String agentId) {
        return RouteScene.call(direction, "+14155550123", to, agentId, at);
    }
}
