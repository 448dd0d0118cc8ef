package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Call;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.store.CallStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code call-recover}: what becomes of a call whose agent was lost. */
class CallRecoverRouteIT {

    private static final String CALL_SID = "CA00000000000000000000000000000001";

    @TempDir
    private Path dir;

    @Test
    void theBackupTakesTheCall() throws Exception {
        try (RouteScene scene = scene(agent("general"), agent("backup"))) {
            assertThat(recover(scene)).contains("<Connect><Stream").doesNotContain("<Say>");
            assertThat(scene.bean(CallStore.class).find(CALL_SID).map(Call::agentId))
                    .hasValue("backup");
        }
    }

    @Test
    void theBackupMayBeAHuman() throws Exception {
        try (RouteScene scene = scene(agent("general"), agent("backup", "twilio", "+15550000099"))) {
            assertThat(recover(scene)).contains("<Dial").contains("+15550000099");
        }
    }

    @Test
    void aCallIsSavedOnce() throws Exception {
        try (RouteScene scene = scene(agent("general"), agent("backup"))) {
            recover(scene);

            assertThat(recover(scene))
                    .contains("<Say>We are sorry", "<Hangup/>")
                    .doesNotContain("<Stream");
        }
    }

    @Test
    void withoutABackupTheCallerHearsAnApology() throws Exception {
        try (RouteScene scene = scene(agent("general"))) {
            assertThat(recover(scene))
                    .contains("<Say>We are sorry", "<Hangup/>")
                    .doesNotContain("<Stream");
        }
    }

    private RouteScene scene(Agent... agents) throws Exception {
        return new RouteScene(
                        dir,
                        "error-default",
                        "call-recover",
                        "call-apologize",
                        "customer-lookup",
                        "echo-call-answer",
                        "twilio-call-answer")
                .withCalls()
                .with(agents)
                .start();
    }

    private static String recover(RouteScene scene) throws Exception {
        Call call = scene.bean(TwilioCalls.class)
                .received(Map.of("CallSid", CALL_SID, "CallStatus", "in-progress", "From", "+14155550123"));
        return scene.send("call-recover", Map.of("call", call)).getMessage().getBody(String.class);
    }
}
