package dev.patchbay.route;

import static dev.patchbay.route.RouteScene.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallEvent;
import dev.patchbay.call.Ids;
import dev.patchbay.call.Placement;
import dev.patchbay.call.Redirection;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.twilio.TwilioCalls;
import dev.patchbay.recipe.Conferences;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of {@code recipe-conference}: an order, {@code call-dial} for who is called, and who may come in. */
class RecipeConferenceRouteIT {

    private static final String ADA = "+14155550101";
    private static final String BEN = "+14155550102";
    private static final String INVALID = "+15005550001";

    private final List<Placement> placed = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private final List<String> redirected = new CopyOnWriteArrayList<>();
    private RouteScene scene;

    @BeforeEach
    void start(@TempDir Path dir) {
        scene = new RouteScene(
                        dir,
                        "recipe-conference",
                        "recipe-conference-webhook",
                        "recipe-conference-call",
                        "recipe-conference-move",
                        "recipe-conference-join",
                        "recipe-conference-join-webhook",
                        "conference-event",
                        "twilio-event-webhook",
                        "error-default",
                        "error-api",
                        "error-webhook")
                .recipe("conference")
                .withCalls()
                .withTwilio()
                .with(agent("reception"))
                .with("conferences", new Conferences())
                .played("call-dial", this::dial)
                .played(
                        "call-redirect",
                        exchange -> redirected.add(
                                Objects.requireNonNull(exchange.getVariable("redirection", Redirection.class))
                                        .twiml()))
                .start();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void everybodyIsCalledAndWhoCannotBeIsNamed() throws Exception {
        JsonObject answer = order(ADA, INVALID, "+1 415 555 0102");

        String conference = answer.getString("conference");
        assertThat(conference).hasSize(26);
        assertThat(placed).extracting(Placement::to).containsExactlyInAnyOrder(ADA, BEN);
        assertThat(placed).allSatisfy(placement -> assertThat(placement.url())
                .isEqualTo("https://voice.example.com/recipe/conference/join?conference=" + conference + "&call="
                        + placement.id()));
        List<JsonObject> participants = answer.getJsonArray("participants").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(participants)
                .extracting(each -> each.getString("participant"))
                .containsExactly(ADA, INVALID, BEN);
        assertThat(placed)
                .extracting(Placement::id)
                .containsExactlyInAnyOrder(
                        participants.get(0).getString("call_id"),
                        participants.get(2).getString("call_id"));
        assertThat(participants.get(1).getString("call_id")).isNull();
        assertThat(participants.get(1).getString("error")).isEqualTo("twilio answered 400: 21211");
        assertThat(participants.get(2).getString("error")).isNull();
    }

    @Test
    void aCallThatGoesOnIsMovedIn() throws Exception {
        Call call = scene.bean(TwilioCalls.class).received(form(ADA, null));
        String nobody = Ids.next();

        JsonObject answer = order(call.id(), BEN, nobody);

        assertThat(redirected)
                .singleElement()
                .asString()
                .contains("/recipe/conference/join?asked=no&amp;conference=" + answer.getString("conference")
                        + "&amp;call=" + call.id());
        assertThat(placed).hasSize(1);
        assertThat(answer.getJsonArray("participants").getJsonObject(2).getString("error"))
                .isEqualTo("No call " + nobody);
    }

    @Test
    void whenTheProviderIsDownTheOrderFailsAsItDid() throws Exception {
        down = true;

        HttpResponse<String> answer = scene.request(
                "POST",
                "/recipe/conference",
                "application/json",
                JsonObject.of("participants", JsonArray.of(ADA, BEN)).encode());

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(new JsonObject(answer.body()).getString("detail")).isEqualTo("twilio answered 503");
    }

    @Test
    void whoPicksUpIsAskedAndComesInWithOne() throws Exception {
        String conference = order(ADA, BEN).getString("conference");
        String query = "conference=" + conference + "&call=" + placed.get(0).id();

        assertThat(join(query, null))
                .contains("You are invited", "numDigits=\"1\"", "<Hangup/>")
                .contains("/recipe/conference/join?conference=" + conference + "&amp;call=");
        assertThat(join(query, "1"))
                .contains(">" + conference + "</Conference>", "statusCallback=\"/webhooks/twilio\"");
        assertThat(join(query, "3")).contains("Goodbye").doesNotContain("Conference");
        assertThat(join("asked=no&" + query, null)).contains(">" + conference + "</Conference>");
    }

    @Test
    void anotherConferenceThanOursIsAnError() throws Exception {
        assertThat(join("conference=%3C/Conference%3E", "1"))
                .contains("We are sorry")
                .doesNotContain("<Conference");
    }

    @Test
    void whoComesAndGoesIsNotedOnce() throws Exception {
        Call call = scene.bean(TwilioCalls.class).received(form(ADA, null));
        Map<String, String> event = Map.of(
                "ConferenceSid",
                "CF1",
                "FriendlyName",
                "room",
                "CallSid",
                String.valueOf(call.callSid()),
                "StatusCallbackEvent",
                "participant-join",
                "SequenceNumber",
                "1");

        scene.postSigned("/webhooks/twilio", event);
        scene.postSigned("/webhooks/twilio", event);
        HttpResponse<String> end = scene.postSigned(
                "/webhooks/twilio",
                Map.of("ConferenceSid", "CF1", "StatusCallbackEvent", "conference-end", "FriendlyName", "room"));

        assertThat(end.statusCode()).isEqualTo(200);
        assertThat(scene.bean(CallEventStore.class).list(call.id(), null, 10).items())
                .extracting(CallEvent::type)
                .containsExactly("call-received", "conference-join");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | participants must be two or more",
                "{\"participants\":[\"+14155550101\"]} | participants must be two or more",
                "{\"participants\":[\"+14155550101\",\"+1 415 555 0101\"]} | participants must be two or more",
                "{\"participants\":[\"+14155550101\",5]} | participants must be a list of texts",
                "{\"participants\":[\"+14155550101\",\"Ada\"]} | participants must be phone numbers",
                "{\"participants\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]} | participants has more than 10 items",
            })
    void whatIsWrongIsNamed(String json, String detail) throws Exception {
        HttpResponse<String> answer = scene.request("POST", "/recipe/conference", "application/json", json);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("detail")).startsWith(detail);
        assertThat(placed).isEmpty();
    }

    private void dial(Exchange exchange) {
        Placement placement = Objects.requireNonNull(exchange.getVariable("placement", Placement.class));
        if (down) {
            throw new PatchbayException(ErrorCategory.PROVIDER_FAILED, "twilio", "twilio answered 503");
        }
        if (placement.to().equals(INVALID)) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, "twilio", "twilio answered 400: 21211");
        }
        placed.add(placement);
        exchange.getMessage()
                .setBody(scene.bean(TwilioCalls.class).received(form(placement.to(), null), placement.id()));
    }

    private static Map<String, String> form(String to, @Nullable String digits) {
        Map<String, String> form = new HashMap<>();
        form.put("CallSid", "CA" + UUID.randomUUID().toString().replace("-", ""));
        form.put("CallStatus", "in-progress");
        form.put("Direction", "outbound-api");
        form.put("From", RouteScene.OUR_NUMBER);
        form.put("To", to);
        if (digits != null) {
            form.put("Digits", digits);
        }
        return form;
    }

    private JsonObject order(String... participants) throws Exception {
        HttpResponse<String> answer = scene.request(
                "POST",
                "/recipe/conference",
                "application/json",
                JsonObject.of("participants", new JsonArray(List.of(participants)))
                        .encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body());
    }

    private String join(String query, @Nullable String digits) throws Exception {
        Map<String, String> form = form(ADA, digits);
        String call = query.substring(query.lastIndexOf('=') + 1);
        scene.bean(CallStore.class)
                .find(call)
                .ifPresent(placed -> form.put("CallSid", String.valueOf(placed.callSid())));
        HttpResponse<String> answer = scene.postSigned("/recipe/conference/join?" + query, form);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
        return answer.body();
    }
}
