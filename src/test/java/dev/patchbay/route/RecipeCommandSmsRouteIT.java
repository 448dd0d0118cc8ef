package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.message.Message;
import dev.patchbay.message.MessageStatus;
import dev.patchbay.message.Outgoing;
import dev.patchbay.recipe.Commands;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code recipe-command-sms}: a request, {@code chat-answer}, {@code message-send} and a row of the log. */
class RecipeCommandSmsRouteIT {

    private static final String ADA = "+14155550123";

    private final List<Outgoing> sent = new ArrayList<>();
    private String asked = "";
    private String answer = "We open at nine.";
    private boolean refused;
    private RouteScene scene;

    @BeforeEach
    void start(@TempDir Path dir) {
        scene = new RouteScene(
                        dir,
                        "recipe-command-sms-webhook",
                        "recipe-command-sms",
                        "recipe-command-sms-keep",
                        "error-default",
                        "error-api")
                .recipe("command-sms")
                .withCalls()
                .withTwilio()
                .with("commands", new Commands())
                .played("chat-answer", this::chat)
                .played("message-send", this::send)
                .start();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    private void chat(Exchange exchange) {
        asked = String.valueOf(exchange.getVariable("message"));
        if (answer.isEmpty()) {
            throw new PatchbayException(ErrorCategory.PROVIDER_FAILED, "openai", "openai answered 500");
        }
        exchange.setVariable("responseText", answer);
    }

    private void send(Exchange exchange) {
        Outgoing message = Objects.requireNonNull(exchange.getVariable("message", Outgoing.class));
        if (refused) {
            throw new PatchbayException(ErrorCategory.PROVIDER_FAILED, "twilio", "twilio answered 503");
        }
        sent.add(message);
        Instant now = Instant.now();
        exchange.getMessage()
                .setBody(new Message(
                        Ids.next(),
                        "twilio",
                        "SM1",
                        Direction.OUTBOUND,
                        message.from(),
                        message.to(),
                        message.text(),
                        MessageStatus.QUEUED,
                        null,
                        now,
                        now));
    }

    private HttpResponse<String> post(String json) throws Exception {
        return scene.request("POST", "/recipe/command-sms", "application/json", json);
    }

    private List<Document> rows() {
        return scene.bean(MongoDatabase.class)
                .getCollection("command_sms")
                .find()
                .into(new ArrayList<>());
    }

    @Test
    void theAnswerOfTheModelIsSentAndWrittenDown() throws Exception {
        HttpResponse<String> response =
                post("{\"command\":\"When ${body} do you open?\",\"phone_number\":\"+1 (415) 555-0123\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(new JsonObject(response.body()))
                .isEqualTo(new JsonObject()
                        .put("status", "success")
                        .put("sid", "SM1")
                        .put("to", ADA)
                        .put("from", RouteScene.OUR_NUMBER)
                        .put("response_text", answer));
        assertThat(asked).as("what somebody says is no expression").isEqualTo("When ${body} do you open?");
        assertThat(sent).containsExactly(new Outgoing(ADA, RouteScene.OUR_NUMBER, answer));
        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.getString("command")).isEqualTo(asked);
            assertThat(row.getString("phone_number")).isEqualTo(ADA);
            assertThat(row.getString("answer")).isEqualTo(answer);
            assertThat(row.getString("sid")).isEqualTo("SM1");
            assertThat(row.getDate("at")).isNotNull();
        });
    }

    @Test
    void anAnswerThatIsTooLongIsCut() throws Exception {
        answer = "👋".repeat(2_000);

        post("{\"command\":\"x\",\"phone_number\":\"" + ADA + "\"}");

        assertThat(sent.get(0).text()).isEqualTo("👋".repeat(1_600));
    }

    @Test
    void withoutAnAnswerNothingIsSent() throws Exception {
        answer = "";

        HttpResponse<String> response = post("{\"command\":\"x\",\"phone_number\":\"" + ADA + "\"}");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(new JsonObject(response.body()).getString("detail")).isEqualTo("openai answered 500");
        assertThat(sent).isEmpty();
        assertThat(rows()).isEmpty();
    }

    @Test
    void aMessageThatTwilioDoesNotTakeIsNotToldAsSent() throws Exception {
        refused = true;

        HttpResponse<String> response = post("{\"command\":\"x\",\"phone_number\":\"" + ADA + "\"}");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(new JsonObject(response.body()).getString("detail")).isEqualTo("twilio answered 503");
        assertThat(rows()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"phone_number\":\"+14155550123\"} | command is missing",
                "{\"command\":\"x\"} | phone_number is missing",
                "{\"command\":\"x\",\"phone_number\":\"12\"} | phone_number is not a phone number",
            })
    void whatIsWrongIsNamedBeforeAnybodyIsAsked(String json, String detail) throws Exception {
        HttpResponse<String> response = post(json);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("detail")).startsWith(detail);
        assertThat(asked).isEmpty();
    }
}
