package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.SandboxChat;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe call-summary, on a gateway where it is on: after a call, the sandbox's chat has what there is to say of it. */
class RecipeCallSummaryFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void aCallIsSummedUpInTheChat() throws Exception {
        JsonObject report = Demonstration.of("call-summary", gateway).get(0);
        String id = gateway.record(report.getString("call_sid")).getString("id");

        await().atMost(Duration.ofSeconds(20)).until(() -> !textsAbout(id).isEmpty());
        assertThat(textsAbout(id)).singleElement().satisfies(text -> assertThat(text)
                .startsWith("Call from +14155550171, agent general: completed after 0:0")
                .contains("You said: Sum up this phone call")
                .endsWith("(call " + id + ")"));
    }

    private List<String> textsAbout(String id) {
        return gateway.bean(SandboxChat.class).list().getJsonArray("messages").stream()
                .map(message -> ((JsonObject) message).getString("text"))
                .filter(text -> text.contains(id))
                .toList();
    }
}
