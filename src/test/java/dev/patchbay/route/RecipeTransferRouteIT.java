package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Redirection;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.recipe.Transfers;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of {@code recipe-transfer}: a key or a tool, people who are rung, and what follows when nobody takes the call. */
class RecipeTransferRouteIT {

    private static final String FIRST = "+15005551002";
    private static final String SECOND = "+15005551004";

    private static final List<Redirection> REDIRECTED = new CopyOnWriteArrayList<>();
    private static final List<String> INFORMED = new CopyOnWriteArrayList<>();
    private static volatile boolean refusing;
    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("transfer").start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @BeforeEach
    void forget() {
        REDIRECTED.clear();
        INFORMED.clear();
        refusing = false;
    }

    @Test
    void theKeyTakesTheCallAwayFromItsAgent() throws Exception {
        Call call = received("reception");

        press(call, "5");
        assertThat(REDIRECTED).isEmpty();
        press(call, "0");

        assertThat(REDIRECTED).singleElement().satisfies(redirection -> assertThat(redirection.twiml())
                .contains("<Redirect>https://voice.example.com/twilio/handle-input?step=transfer-dial&amp;call="
                        + call.id() + "</Redirect>"));
        assertThat(story(call)).containsExactly("transfer-wanted");
    }

    @Test
    void whoPressesTwiceIsTakenAwayOnce() throws Exception {
        Call call = received("reception");

        press(call, "0");
        press(call, "0");

        assertThat(REDIRECTED).hasSize(1);
        assertThat(story(call)).containsExactly("transfer-wanted");
    }

    @Test
    void soDoesTheAgentsTool() throws Exception {
        Call call = received("reception");

        Exchange done = scene.send("tool-transfer", Map.of("reason", "a lamp"), Map.of("callId", call.id()));

        assertThat(REDIRECTED).hasSize(1);
        assertThat(done.getMessage().getBody(String.class)).contains("is being connected");
        assertThat(whisper(call, null).body()).contains(", about: a lamp.");
    }

    @Test
    void whenTheProviderRefusesTheAgentKeepsTheCallAndIsTold() throws Exception {
        Call call = received("reception");
        refusing = true;

        Exchange done = scene.send("tool-transfer", Map.of(), Map.of("callId", call.id()));
        press(call, "0");

        assertThat(done.getMessage().getBody(String.class)).startsWith("The caller cannot be connected now.");
        assertThat(INFORMED).singleElement().asString().startsWith("The caller asked for a person, but cannot");
        assertThat(story(call))
                .containsExactly("transfer-wanted", "transfer-failed", "transfer-wanted", "transfer-failed");
    }

    @Test
    void peopleAreRungInTurnUntilOnePressesTheKey() throws Exception {
        Call call = received("reception");

        assertThat(step(call, "transfer-dial", Map.of()))
                .contains("<Number url=\"/recipe/transfer/whisper?call=" + call.id() + "\">" + FIRST + "</Number>")
                .contains("action=\"/twilio/handle-input?step=transfer-after\"");
        assertThat(step(call, "transfer-after", Map.of("DialCallStatus", "no-answer")))
                .contains(SECOND);
        assertThat(whisper(call, null).body())
                .contains("from plus 1 4 1 5 5 5 5 0 1 2 3. Press 1 to take it.", "numDigits=\"1\"", "<Hangup/>")
                .contains("action=\"https://voice.example.com/recipe/transfer/whisper?call=" + call.id() + "\"");
        assertThat(whisper(call, "1").body()).isEqualTo("<Response/>");
        assertThat(step(call, "transfer-after", Map.of("DialCallStatus", "completed", "DialBridged", "true")))
                .contains("<Hangup/>")
                .doesNotContain("<Dial");
        assertThat(story(call))
                .containsExactly("transfer-offered", "transfer-offered", "transfer-accepted", "transfer-connected");
    }

    @Test
    void whatPicksUpAndPressesNothingWasNobody() throws Exception {
        Call call = received(null);
        step(call, "transfer-dial", Map.of());

        assertThat(whisper(call, "9").body()).isEqualTo("<Response><Hangup/></Response>");
        assertThat(step(call, "transfer-after", Map.of("DialCallStatus", "completed", "DialBridged", "false")))
                .as("Twilio calls it completed")
                .contains(SECOND);
        assertThat(stored(call).answeredAt()).isNull();
    }

    @Test
    void aPersonsAnswerIsTheCallsWhereNoAgentHasHadIt() throws Exception {
        Call call = received(null);
        step(call, "transfer-dial", Map.of());
        whisper(call, "1");

        step(
                call,
                "transfer-after",
                Map.of("DialCallStatus", "completed", "DialBridged", "true", "DialCallDuration", "3"));

        assertThat(stored(call).status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(stored(call).answeredAt()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-answer", "busy", "failed", "canceled"})
    void whenNobodyTakesTheCallItsAgentHasItAgain(String status) throws Exception {
        Call call = received("reception");
        step(call, "transfer-dial", Map.of());
        step(call, "transfer-after", Map.of("DialCallStatus", status));

        assertThat(step(call, "transfer-after", Map.of("DialCallStatus", status)))
                .contains("nobody is free at the moment")
                .contains("/api/webhooks/twilio/reception?call=" + call.id());
        assertThat(story(call)).endsWith("transfer-failed");
    }

    @Test
    void withoutAnAgentTheCallerLeavesAMessage() throws Exception {
        Call call = received(null);
        step(call, "transfer-dial", Map.of());
        step(call, "transfer-after", Map.of("DialCallStatus", "busy"));

        assertThat(step(call, "transfer-after", Map.of("DialCallStatus", "failed")))
                .contains("<Record");
    }

    @Test
    void nobodyIsRungForACallerWhoHasHungUp() throws Exception {
        Call call = received("reception");
        step(call, "transfer-dial", Map.of());

        assertThat(step(call, "transfer-after", Map.of("DialCallStatus", "canceled", "CallStatus", "completed")))
                .doesNotContain("<Dial");
        assertThat(story(call)).containsExactly("transfer-offered");
    }

    @Test
    void whoAsksAgainIsOfferedFromTheTopAgain() throws Exception {
        Call call = received("reception");
        step(call, "transfer-dial", Map.of());
        step(call, "transfer-after", Map.of("DialCallStatus", "busy"));
        step(call, "transfer-after", Map.of("DialCallStatus", "busy"));

        press(call, "0");

        assertThat(step(call, "transfer-dial", Map.of())).contains(FIRST);
    }

    @Test
    void theWhisperIsTwiliosToAskFor() throws Exception {
        Call call = received("reception");

        assertThat(scene.post("/recipe/transfer/whisper?call=" + call.id(), Map.of("Digits", "1"), "wrong")
                        .statusCode())
                .isEqualTo(403);
        assertThat(story(call)).isEmpty();
    }

    @Test
    void aWhisperThatGoesWrongConnectsNobody() throws Exception {
        assertThat(scene.postSigned("/recipe/transfer/whisper?call=gone", Map.of("CallSid", "CA1", "Digits", "1"))
                        .body())
                .contains("We are sorry", "<Hangup/>");
    }

    @Test
    void offAKeyIsOnlyTheAgents(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            off.send("call-dtmf", "0", Map.of("callId", "any"));
        }

        assertThat(REDIRECTED).isEmpty();
    }

    private static RouteScene scene(Path dir) {
        RouteScene made = new RouteScene(
                        dir,
                        "recipe-transfer",
                        "recipe-transfer-key",
                        "recipe-transfer-dial",
                        "recipe-transfer-whisper",
                        "recipe-transfer-whisper-webhook",
                        "recipe-transfer-after",
                        "recipe-transfer-back",
                        "recipe-transfer-settings",
                        "tool-transfer",
                        "call-dtmf",
                        "call-end",
                        "call-voicemail",
                        "input-receive",
                        "error-default",
                        "error-webhook")
                .withCalls()
                .withTwilio()
                .with(agent("reception"))
                .played(
                        "call-inform",
                        exchange -> INFORMED.add(exchange.getMessage().getBody(String.class)))
                .played("call-redirect", exchange -> {
                    if (refusing) {
                        throw new PatchbayException(ErrorCategory.PROVIDER_FAILED, "twilio", "twilio answered 503");
                    }
                    REDIRECTED.add(Objects.requireNonNull(exchange.getVariable("redirection", Redirection.class)));
                });
        return made.lazily("transfers", Transfers.class, () -> new Transfers(made.bean(CallEventStore.class)));
    }

    private static Call received(@Nullable String agentId) {
        Call call = scene.bean(TwilioCalls.class)
                .received(Map.of(
                        "CallSid",
                        "CA" + UUID.randomUUID().toString().replace("-", ""),
                        "CallStatus",
                        "ringing",
                        "From",
                        "+14155550123",
                        "To",
                        "+15550000001"));
        if (agentId != null) {
            scene.bean(CallStore.class).assign(call.id(), "echo", agentId);
        }
        return stored(call);
    }

    private static Call stored(Call call) {
        return scene.bean(CallStore.class).find(call.id()).orElseThrow();
    }

    private static void press(Call call, String key) throws Exception {
        scene.send("call-dtmf", key, Map.of("callId", call.id()));
    }

    private static String step(Call call, String step, Map<String, String> form) throws Exception {
        return scene.send("input-receive", form, Map.of("call", call, "step", step))
                .getMessage()
                .getBody(String.class);
    }

    private static HttpResponse<String> whisper(Call call, @Nullable String digits) throws Exception {
        Map<String, String> form = new HashMap<>();
        form.put("CallSid", "CA0000000000000000000000000000child");
        if (digits != null) {
            form.put("Digits", digits);
        }
        return scene.postSigned("/recipe/transfer/whisper?call=" + call.id(), form);
    }

    private static List<String> story(Call call) {
        return scene.bean(CallEventStore.class).list(call.id(), null, 100).items().stream()
                .map(CallEvent::type)
                .filter(type -> type.startsWith("transfer-"))
                .toList();
    }
}
