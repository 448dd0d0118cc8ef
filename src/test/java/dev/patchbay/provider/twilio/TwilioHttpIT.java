package dev.patchbay.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallFetcher;
import com.twilio.rest.api.v2010.account.CallUpdater;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.rest.api.v2010.account.RecordingDeleter;
import com.twilio.type.PhoneNumber;
import dev.patchbay.call.Placement;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.provider.ProviderClients;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Twilio's SDK and camel-twilio over our client, against a server that plays Twilio: what is sent, how often, and what errors become. */
class TwilioHttpIT {

    private static final String ACCOUNT = "AC00000000000000000000000000000000";
    private static final String CALL = "{\"sid\":\"CA00000000000000000000000000000001\",\"status\":\"queued\"}";
    private static final Path SPEC = Path.of("../shared/contracts/specs/twilio_api_v2010.json");

    private static Vertx vertx;
    private static HttpServer server;
    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
    private static final List<String> FORMS = new CopyOnWriteArrayList<>();
    private static volatile Answer answer = new Answer(200, "{}");

    private TwilioRestClient client;

    private record Answer(int status, String json) {}

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer()
                .requestHandler(TwilioHttpIT::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private static void answer(HttpServerRequest request) {
        REQUESTS.add(request.method() + " " + request.uri());
        request.body().onSuccess(body -> {
            FORMS.add(body.toString());
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("Retry-After", "0")
                    .end(answer.json());
        });
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @BeforeEach
    void fresh() {
        REQUESTS.clear();
        FORMS.clear();
        client = new TwilioClient(
                ACCOUNT,
                "token",
                new TwilioHttp(new ProviderClients(vertx)
                        .of("twilio", URI.create("http://127.0.0.1:" + server.actualPort() + "/base"), Map.of())));
    }

    private MessageCreator message() {
        return new MessageCreator(new PhoneNumber("+14155550123"), new PhoneNumber("+15550000000"), "Grüße 👋");
    }

    private PatchbayException refused() {
        return catchThrowableOfType(PatchbayException.class, () -> message().create(client));
    }

    @Test
    void aMessageIsOneRequestBelowTheBaseUrl() {
        answer = new Answer(201, "{\"sid\":\"SM1\",\"status\":\"queued\"}");

        assertThat(message().create(client).getSid()).isEqualTo("SM1");

        assertThat(REQUESTS).containsExactly("POST /base/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json");
        assertThat(form(FORMS.get(0)))
                .containsEntry("Body", List.of("Grüße 👋"))
                .containsEntry("To", List.of("+14155550123"));
    }

    @Test
    void aCreateIsNotReplayedByTheSdk() {
        answer = new Answer(503, "{}");

        assertThat(refused().category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(REQUESTS).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 21211, INVALID_REQUEST",
        "400, 21408, INVALID_REQUEST",
        "400, 21610, INVALID_REQUEST",
        "400, 21617, INVALID_REQUEST",
        "401, 20003, PROVIDER_FAILED",
        "403, 20005, PROVIDER_FAILED",
        "400, 21210, PROVIDER_FAILED",
        "400, 21212, PROVIDER_FAILED",
        "400, 21606, PROVIDER_FAILED",
        "400, 21220, CONFLICT",
        "404, 20404, NOT_FOUND",
        "429, 20429, UNAVAILABLE",
        "500, 20500, PROVIDER_FAILED",
    })
    void anErrorSaysWhoseFaultItIs(int status, int code, ErrorCategory category) {
        answer = new Answer(status, "{\"code\":" + code + ",\"message\":\"words\",\"status\":" + status + "}");

        PatchbayException refused = refused();

        assertThat(refused.category()).isEqualTo(category);
        assertThat(refused).hasMessage("twilio answered " + status + ": " + code + " words");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"<html>", "{}", "[]", "''", "null", "{\"sid\":null}", "{\"sid\":7}", "{\"sid\":\" \"}"})
    void junkIsAProviderThatFailed(String body) {
        answer = new Answer(201, body);

        assertThat(refused().category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
    }

    @Test
    void whatIsDeletedIsAnswered204() {
        answer = new Answer(200, "<html>");

        PatchbayException left =
                catchThrowableOfType(PatchbayException.class, () -> new RecordingDeleter("RE1").delete(client));

        assertThat(left.category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        answer = new Answer(204, "");
        assertThat(new RecordingDeleter("RE1").delete(client)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sid\":\"SM1\",\"num_segments\":{\"a\":[1]}}",
                "{\"sid\":\"SM1\",\"price_unit\":\"no money\"}",
                "{\"sid\":\"SM1\",\"direction\":[]}"
            })
    void anAnswerThatTheSdkCannotReadIsAProviderThatFailed(String body) {
        answer = new Answer(201, body);

        assertThat(refused().category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(refused()).hasMessage("twilio answered with a Message that cannot be read");
    }

    @Test
    void hangingUpACallThatIsOverIsFine() {
        answer = new Answer(404, "{\"code\":20404}");

        new CallUpdater("CA1").setStatus(Call.UpdateStatus.COMPLETED).update(client);

        PatchbayException notThere =
                catchThrowableOfType(PatchbayException.class, () -> new CallFetcher("CA1").fetch(client));
        assertThat(notThere.category()).isEqualTo(ErrorCategory.NOT_FOUND);
    }

    @Test
    void aPlacementIsTheFormThatTwilioDocuments() throws Exception {
        assumeTrue(Files.exists(SPEC), "skipped: " + SPEC + " is not here");
        Placement placement = new Placement(
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "+14155550123",
                "+15550000000",
                "greeter",
                Map.of(),
                null,
                "https://voice.example.com/api/webhooks/twilio/greeter?call=01ARZ3NDEKTSV4RRFFQ69G5FAV",
                true,
                "Enable",
                600);

        Map<String, List<String>> form = placed(placement);

        JsonObject documented = new JsonObject(Files.readString(SPEC))
                .getJsonObject("paths")
                .getJsonObject("/2010-04-01/Accounts/{AccountSid}/Calls.json")
                .getJsonObject("post")
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/x-www-form-urlencoded")
                .getJsonObject("schema");
        assertThat(documented.getJsonObject("properties").fieldNames()).containsAll(form.keySet());
        assertThat(form.keySet())
                .containsAll(documented.getJsonArray("required").getList());
        assertThat(form)
                .containsEntry("StatusCallbackEvent", List.of("initiated", "ringing", "answered", "completed"))
                .containsEntry(
                        "StatusCallback",
                        List.of("https://voice.example.com/webhooks/twilio?call=01ARZ3NDEKTSV4RRFFQ69G5FAV"))
                .containsEntry("Record", List.of("true"))
                .containsEntry("RecordingChannels", List.of("dual"))
                .containsEntry("RecordingStatusCallbackEvent", List.of("in-progress", "completed", "absent"))
                .containsEntry("MachineDetection", List.of("Enable"))
                .containsEntry("AsyncAmd", List.of("true"))
                .containsEntry("TimeLimit", List.of("600"))
                .containsKeys("Url", "FallbackUrl")
                .doesNotContainKey("Twiml");
    }

    @Test
    void aDocumentTravelsWithItsCall() throws Exception {
        String twiml = "<Response><Say>Grüße &amp; 👋</Say></Response>";

        Map<String, List<String>> form = placed(Placement.of("+14155550123", "+15550000000", twiml, null, false));

        assertThat(form)
                .containsEntry("Twiml", List.of(twiml))
                .doesNotContainKeys("Url", "Record", "MachineDetection", "TimeLimit");
    }

    /** What {@code twilio:call/creator} sends of a placement. */
    private Map<String, List<String>> placed(Placement placement) throws Exception {
        answer = new Answer(201, CALL);
        TwilioAccount account = new TwilioAccount(
                new TwilioProperties(
                        ACCOUNT, "token", List.of("+15550000000"), URI.create("https://api.twilio.com"), null, true),
                new PublicOrigin(URI.create("https://voice.example.com")));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addComponent("twilio", new DirectTwilioComponent(client));
            camel.start();
            Exchange done = camel.createProducerTemplate().send("twilio:call/creator", exchange -> {
                exchange.setVariable("placement", placement);
                new TwilioPlacementProcessor(account).process(exchange);
            });
            if (done.getException() != null) {
                throw done.getException();
            }
        }
        assertThat(REQUESTS).containsExactly("POST /base/2010-04-01/Accounts/" + ACCOUNT + "/Calls.json");
        return form(FORMS.get(0));
    }

    private static Map<String, List<String>> form(String encoded) {
        return new QueryStringDecoder(encoded, false).parameters();
    }
}
