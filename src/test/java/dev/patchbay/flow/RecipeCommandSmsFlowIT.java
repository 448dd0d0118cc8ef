package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The recipe command-sms, on a gateway where it is on: the sandbox's model repeats, and its Twilio delivers. */
class RecipeCommandSmsFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void aCommandIsAnsweredByTextMessage() throws Exception {
        JsonObject answer = Demonstration.of("command-sms", gateway).get(0);

        assertThat(answer.getString("response_text")).contains("When do you open tomorrow?");
        assertThat(new JsonObject(gateway.get("/messages?limit=200").body())
                        .getJsonArray("messages").stream().map(JsonObject.class::cast))
                .filteredOn(message -> answer.getString("sid").equals(message.getString("sid")))
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.getString("to")).isEqualTo("+14155550123");
                    assertThat(message.getString("body")).isEqualTo(answer.getString("response_text"));
                });
    }

    @Test
    void oneKeySendsOneMessageHoweverOftenItIsPosted() throws Exception {
        String command = "{\"command\":\"Is it raining?\",\"phone_number\":\"+14155550123\"}";

        String first = gateway.postJson("/recipe/command-sms", command, "Idempotency-Key", "rain-1")
                .body();

        assertThat(new JsonObject(first).getString("sid")).startsWith("SM");
        assertThat(gateway.postJson("/recipe/command-sms", command, "Idempotency-Key", "rain-1")
                        .body())
                .isEqualTo(first);
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        assertThat(gateway.postJson("/recipe/command-sms", "{\"command\":\"x\"}")
                        .body())
                .contains("phone_number is missing");
    }

    @Test
    void withoutItsVariableItIsNotThere() throws Exception {
        assertThat(RunningGateway.shared()
                        .postJson("/recipe/command-sms", "{\"command\":\"x\",\"phone_number\":\"+14155550123\"}")
                        .statusCode())
                .isEqualTo(404);
    }
}
