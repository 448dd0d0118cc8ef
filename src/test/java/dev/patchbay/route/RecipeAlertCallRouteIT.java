package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.Placement;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.recipe.AlertCalls;
import dev.patchbay.store.AlertStore;
import dev.patchbay.store.AlertStore.State;
import dev.patchbay.store.CallEventStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of {@code recipe-alert-call}: a clock, a request, and {@code call-dial} for whoever is called. */
class RecipeAlertCallRouteIT {

    private static final String FIRST = "+15005551002";
    private static final String SECOND = "+15005551003";
    private static final String THIRD = "+15005551004";

    private final List<Placement> placed = new CopyOnWriteArrayList<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private FakeProvider watched;
    private Path dir;
    private RouteScene scene;
    /** Whose calls Twilio does not take. */
    private volatile Predicate<String> refused = number -> false;

    private volatile boolean slow;

    @BeforeEach
    void start(@TempDir Path folder) {
        dir = folder;
        watched = new FakeProvider(asked -> Told.json(200, "{\"status\":\"ok\"}"));
        RouteScene made = scene(folder)
                .recipe("alert-call")
                .recipe("missed-call")
                .setting("patchbay.recipe.alert-call.url", watched.origin().toString())
                .setting("patchbay.recipe.alert-call.schedule", "* * * * * ?")
                .setting("patchbay.recipe.alert-call.patience", "1");
        scene = made.lazily(
                        "alertCalls",
                        AlertCalls.class,
                        () -> new AlertCalls(
                                made.bean(AlertStore.class), made.bean(CallEventStore.class), Clock.systemUTC()))
                .start();
    }

    private RouteScene scene(Path folder) {
        return new RouteScene(
                        folder,
                        "recipe-alert-call",
                        "recipe-alert-call-check",
                        "recipe-alert-call-next",
                        "recipe-alert-call-press",
                        "recipe-alert-call-close",
                        "recipe-alert-call-settings",
                        "call-status",
                        "call-close",
                        "input-receive",
                        "error-default")
                .setting("patchbay.http.port", "8080")
                .withCalls()
                .withTwilio()
                .withHttp()
                .with(agent("general"))
                .played("recipe-missed-call", exchange -> exchange.getMessage().setBody("another recipe was here"))
                .played("call-answer", exchange -> {})
                .played("call-voicemail", exchange -> {})
                .played("call-misunderstood", exchange -> {})
                .played("call-dial", this::dial);
    }

    @AfterEach
    void close() throws Exception {
        held.countDown();
        scene.close();
        watched.close();
    }

    /** What {@code call-dial} does, without a Twilio. */
    private void dial(Exchange exchange) throws InterruptedException {
        Placement placement = Objects.requireNonNull(exchange.getVariable("placement", Placement.class));
        placed.add(placement);
        if (slow) {
            assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        }
        if (refused.test(placement.to())) {
            throw new PatchbayException(ErrorCategory.PROVIDER_FAILED, "twilio", "20500");
        }
    }

    private void breaks() {
        watched.answers(asked -> Told.json(503, "{}"));
    }

    private void awaitCalls(String... numbers) {
        await().untilAsserted(() -> assertThat(placed).extracting(Placement::to).containsExactly(numbers));
    }

    /** A check that was begun after this moment is over. */
    private void awaitChecks() {
        int asked = watched.asked().size();
        await().until(() -> watched.asked().size() > asked + 1);
    }

    private AlertStore.Alert alert() {
        return scene.bean(AlertStore.class).find("alert-call");
    }

    private Map<String, String> form(Placement placement, String status) {
        return Map.of(
                "CallSid",
                "CA" + placement.id().toLowerCase(Locale.ROOT),
                "From",
                placement.from(),
                "To",
                placement.to(),
                "CallStatus",
                status,
                "Direction",
                "outbound-api");
    }

    private Call call(Placement placement) {
        return scene.bean(TwilioCalls.class).received(form(placement, "in-progress"), placement.id());
    }

    private void ends(Placement placement, String status) throws Exception {
        call(placement);
        scene.send("call-status", form(placement, status), Map.of());
    }

    private String presses(Placement placement, String digit) throws Exception {
        return scene.send(
                        "input-receive",
                        Map.of("Digits", digit),
                        Map.of("call", call(placement), "step", "alert-call-press"))
                .getMessage()
                .getBody(String.class);
    }

    @Test
    void aSystemThatIsWellWakesNobody() throws Exception {
        awaitChecks();

        assertThat(watched.last().method()).isEqualTo("GET");
        assertThat(watched.last().target()).isEqualTo("/health");
        ends(Placement.of("+14155550123", RouteScene.OUR_NUMBER, "<Response/>", null, false), "completed");
        assertThat(placed).isEmpty();
        assertThat(alert().state()).isEqualTo(State.QUIET);
    }

    @Test
    void peopleAreCalledOneByOneUntilSomebodyPressesOne() throws Exception {
        breaks();
        awaitCalls(FIRST);
        assertThat(placed.get(0).from()).isEqualTo(RouteScene.OUR_NUMBER);
        assertThat(placed.get(0).twiml())
                .contains("numDigits=\"1\"", "Press 1 to take this alert.", "<Hangup/>")
                .contains("action=\"https://voice.example.com/twilio/handle-input?step=alert-call-press&amp;call="
                        + placed.get(0).id() + "\"");
        awaitChecks();
        assertThat(placed).as("while somebody is called").hasSize(1);

        ends(placed.get(0), "no-answer");
        awaitCalls(FIRST, SECOND);
        assertThat(presses(placed.get(1), "5")).contains("The next person is called");
        ends(placed.get(1), "completed");
        ends(placed.get(1), "completed"); // told twice
        awaitCalls(FIRST, SECOND, THIRD);
        assertThat(presses(placed.get(2), "1")).contains("The alert is yours");
        ends(placed.get(2), "completed");

        assertThat(alert().state()).isEqualTo(State.TAKEN);
        assertThat(presses(placed.get(0), "1")).contains("somebody else has taken it");
        assertThat(scene.bean(CallEventStore.class)
                        .list(placed.get(2).id(), null, 10)
                        .items())
                .filteredOn(event -> event.type().equals("alert-taken"))
                .extracting(CallEvent::data)
                .containsExactly(Map.of("alert", "alert-call"));
        watched.answers(asked -> Told.json(200, "{}"));
        await().until(() -> alert().state() == State.QUIET);
        assertThat(placed).hasSize(3);
    }

    @Test
    void aSystemThatDoesNotAnswerIsNotWellAndWhoCannotBeCalledIsPassedOver() throws Exception {
        refused = FIRST::equals;

        watched.close();

        awaitCalls(FIRST, SECOND);
        await().until(() -> alert().refused() == 0);
        assertThat(alert().calls()).isEqualTo(1);
        ends(placed.get(0), "failed"); // told late, of a call that does not count
        assertThat(placed).hasSize(2);
    }

    @Test
    void whileTwilioTakesNoCallsTheAlertGoesOn() {
        refused = number -> true;

        breaks();

        await().until(() -> alert().refused() == 9);
        assertThat(placed).extracting(Placement::to).hasSize(9).startsWith(FIRST, SECOND, THIRD, FIRST);
        assertThat(alert().state()).isEqualTo(State.CALLING);
        assertThat(alert().callId()).as("a later check tries again").isNull();
    }

    @Test
    void anEditWhileSomebodyIsCalledRepeatsNothing() throws Exception {
        slow = true;
        breaks();
        awaitCalls(FIRST);

        Path words = dir.resolve("recipe/alert-call/recipe-alert-call-next.camel.yaml");
        Files.writeString(words, Files.readString(words).replace("Please investigate", "Please look"));
        scene.flip();
        held.countDown();
        long begun = System.nanoTime();
        int asked = watched.asked().size();
        for (int i = 0; i < 4; i++) {
            scene.flip();
        }
        awaitChecks();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
        assertThat(watched.asked().size() - asked).as("one generation asks").isLessThanOrEqualTo((int) seconds + 2);
        ends(placed.get(0), "busy");
        awaitCalls(FIRST, SECOND);
        assertThat(placed.get(1).twiml()).contains("Please look");
    }

    @Test
    void offItIsNotThere(@TempDir Path folder) throws Exception {
        try (RouteScene off = scene(folder).start()) {
            Exchange done = off.send(
                    "call-close",
                    form(Placement.of(FIRST, RouteScene.OUR_NUMBER, "<Response/>", null, false), "busy"),
                    Map.of());

            assertThat(done.getVariable("call"))
                    .as("the record is not even read")
                    .isNull();
            assertThat(done.getContext().getRoute("recipe-alert-call")).isNull();
            assertThat(placed).isEmpty();
        }
    }
}
