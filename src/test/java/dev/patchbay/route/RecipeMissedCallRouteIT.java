package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.CallEvent;
import dev.patchbay.message.Outgoing;
import dev.patchbay.recipe.MissedCalls;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.Deliveries;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recipe-missed-call}, behind the event door as Twilio reaches it. */
class RecipeMissedCallRouteIT {

    private static final String EVENTS = "/webhooks/twilio";
    private static final String OURS = "+15550000000";
    private static final List<Outgoing> SENT = new CopyOnWriteArrayList<>();

    private static RouteScene scene;

    @BeforeAll
    static void start(@TempDir Path dir) {
        scene = scene(dir).recipe("missed-call").start();
    }

    @AfterAll
    static void close() throws Exception {
        scene.close();
    }

    @Test
    void whoReachesNobodyGetsAMessageOnce() throws Exception {
        Map<String, String> event = event("+14155550101", "no-answer");

        assertThat(told(scene, event))
                .containsExactly(new Outgoing(
                        "+14155550101",
                        OURS,
                        "Sorry that we missed your call. Reply to this message, and we will get back to you."));
        assertThat(told(scene, event)).as("told twice").isEmpty();
        assertThat(told(scene, event("+14155550101", "busy")))
                .as("called twice")
                .isEmpty();
        assertThat(eventsOf(scene, event)).containsOnlyOnce("missed-call-answered");
    }

    @Test
    void whoSpokeWithAnAgentDoesNot() throws Exception {
        Map<String, String> event = event("+14155550102", "ringing");
        scene.postSigned("/twilio/incoming-call", event);
        event.put("CallStatus", "completed");

        assertThat(told(scene, event)).isEmpty();
        assertThat(eventsOf(scene, event)).contains("call-answered").doesNotContain("missed-call-answered");
    }

    @Test
    void aCallThatGoesOnIsNotMissed() throws Exception {
        assertThat(told(scene, event("+14155550103", "in-progress"))).isEmpty();
    }

    @Test
    void aMessageThatIsNotSentFailsNothing(@TempDir Path dir) throws Exception {
        try (RouteScene down = scene(dir)
                .failing("twilio-message-send", "twilio is down")
                .recipe("missed-call")
                .start()) {
            Map<String, String> event = event("+14155550104", "busy");

            HttpResponse<String> answer = down.postSigned(EVENTS, event);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(down.bean(CallStore.class)
                            .find(event.getOrDefault("CallSid", ""))
                            .orElseThrow()
                            .status()
                            .wire())
                    .isEqualTo("busy");
            assertThat(eventsOf(down, event)).doesNotContain("missed-call-answered");
        }
    }

    @Test
    void offItIsNotThere(@TempDir Path dir) throws Exception {
        try (RouteScene off = scene(dir).start()) {
            Map<String, String> event = event("+14155550105", "no-answer");

            assertThat(told(off, event)).isEmpty();
            assertThat(off.send("call-close", event, Map.of()).getVariable("call"))
                    .as("the record is not even read")
                    .isNull();
        }
    }

    private static RouteScene scene(Path dir) {
        RouteScene made = new RouteScene(
                        dir,
                        "recipe-missed-call",
                        "twilio-event-webhook",
                        "twilio-call-webhook",
                        "call-event",
                        "call-status",
                        "call-close",
                        "call-receive",
                        "call-answer",
                        "call-screen",
                        "customer-lookup",
                        "agent-select",
                        "agent-suggest",
                        "echo-call-answer",
                        "message-send",
                        "error-api",
                        "error-webhook",
                        "error-default")
                .withCalls()
                .withTwilio()
                .with(agent("general"))
                .played("twilio-message-send", exchange -> SENT.add(exchange.getVariable("message", Outgoing.class)));
        return made.lazily(
                "missedCalls",
                MissedCalls.class,
                () -> new MissedCalls(made.bean(CallEventStore.class), made.bean(Deliveries.class)));
    }

    /** The messages that went out because of this event. */
    private static List<Outgoing> told(RouteScene scene, Map<String, String> event) throws Exception {
        int before = SENT.size();
        assertThat(scene.postSigned(EVENTS, event).statusCode()).isEqualTo(200);
        return List.copyOf(SENT.subList(before, SENT.size()));
    }

    private static List<String> eventsOf(RouteScene scene, Map<String, String> event) {
        String id = scene.bean(CallStore.class)
                .find(event.getOrDefault("CallSid", ""))
                .orElseThrow()
                .id();
        return scene.bean(CallEventStore.class).list(id, null, 50).items().stream()
                .map(CallEvent::type)
                .toList();
    }

    private static Map<String, String> event(String from, String status) {
        return new HashMap<>(Map.of(
                "CallSid", "CA" + UUID.randomUUID().toString().replace("-", ""),
                "CallStatus", status,
                "Direction", "inbound",
                "From", from,
                "To", OURS));
    }
}
