package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.error.Problem;
import dev.patchbay.message.Message;
import dev.patchbay.provider.FakeProvider.Asked;
import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.provider.twilio.TwilioSignature;
import dev.patchbay.route.PatchbayRoutesException;
import dev.patchbay.store.CallStore;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The action kamelets, by the examples that stand in their files, against the providers of the sandbox. */
class KameletActionsIT {

    private static final String OTHER = "+12025551234";

    private final KameletGateway kamelets = KameletGateway.shared();
    private final RunningGateway gateway = kamelets.gateway;

    // ---- twilio-sms-send-action ------------------------------------------------------------------------------------

    @Test
    void missedCallTextIsSentAndKept() throws Exception {
        Exchange done = kamelets.send("missed-call-text", "untouched", Map.of("call", call(OTHER), "message", "mine"));

        Message message = done.getMessage().getBody(Message.class);
        assertThat(message.to()).isEqualTo(OTHER);
        assertThat(message.from()).isEqualTo("+15550000000");
        await().untilAsserted(() -> {
            JsonObject stored = message(message.sid());
            assertThat(stored.getString("body")).isEqualTo("Sorry that we missed your call. We call you back today.");
            assertThat(stored.getString("status")).isEqualTo("delivered");
        });
        assertRouteIsAsItWas(done);
        assertThat(done.getVariable("message")).isEqualTo("mine");
        assertThat(done.getMessage().getHeaders().keySet()).noneMatch(name -> name.startsWith("CamelTwilio"));
    }

    @Test
    void aMessageGoesToLiteralNumbersAndSaysWhatItIsTold() throws Exception {

        Message message = kamelets.send("literal-text", "${body} {{x}}", Map.of())
                .getMessage()
                .getBody(Message.class);

        assertThat(message.to()).isEqualTo(OTHER);
        assertThat(message.from()).isEqualTo("+15550000000");
        assertThat(message(message.sid()).getString("body")).isEqualTo("Tom & Jerry + 1%, ${body} {{x}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"anonymous | to is not a phone number", "'' | to is missing"})
    void aMessageToNobodyIsAnInvalidRequest(String from, String detail) {
        assertThatThrownBy(() -> kamelets.send("missed-call-text", null, Map.of("call", call(from))))
                .satisfies(failed -> {
                    assertThat(Problem.of(failed).status()).isEqualTo(400);
                    assertThat(Problem.of(failed).detail()).startsWith(detail);
                });
    }

    @Test
    void aMessageWithoutTextIsTheBody() throws Exception {
        Message message = kamelets.send("body-text", "The body.", Map.of(), Map.of("to", OTHER))
                .getMessage()
                .getBody(Message.class);

        assertThat(message.body()).isEqualTo("The body.");
        assertThatThrownBy(() -> kamelets.send("body-text", " ", Map.of(), Map.of("to", OTHER)))
                .satisfies(failed -> assertThat(Problem.of(failed).detail()).isEqualTo("text is missing"));
    }

    // ---- twilio-call-place-action ----------------------------------------------------------------------------------

    @Test
    void callBackCallsAndTheAgentIsTold() throws Exception {
        Map<String, Object> variables = new HashMap<>(Map.of("agent", "mine", "provider", "mine", "session", "mine"));
        Map<String, Object> body = Map.of("phone", OTHER, "order", "A-17", "list", List.of(1));

        Exchange done = kamelets.send("call-back", body, variables);

        Call placed = done.getMessage().getBody(Call.class);
        assertThat(placed.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(placed.to()).isEqualTo(OTHER);
        assertRouteIsAsItWas(done);
        variables.forEach((name, value) -> assertThat(done.getVariable(name)).isEqualTo(value));
        awaitStatus(placed, "in-progress");
        assertThat(gateway.record(placed.id()).getString("agent_id")).isEqualTo("echo");
        await().untilAsserted(
                        () -> assertThat(gateway.eventTypes(placed.id())).contains("call-placed", "media-started"));
        gateway.delete("/calls/" + placed.id());
        awaitStatus(placed, "completed");
    }

    @Test
    void aDocumentIsPlayedToWhoeverIsCalled() throws Exception {

        Call placed = kamelets.send("alarm-call", null, Map.of()).getMessage().getBody(Call.class);

        assertThat(placed.agentId()).isNull();
        awaitStatus(placed, "completed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call-by-nobody | agent is not known: nobody",
                "call-from-inside | url must be reachable from the internet",
                "call-without-words | agent is missing; or give twiml or url instead",
            })
    void whatIsWrongWithACallIsNamed(String route, String detail) {
        assertThatThrownBy(() -> kamelets.send(route, OTHER, Map.of()))
                .satisfies(failed -> assertThat(Problem.of(failed).detail()).startsWith(detail));
    }

    // ---- twilio-voice-message-action -------------------------------------------------------------------------------

    @Test
    void tableReadyIsSpokenOnThePhone() throws Exception {
        Exchange done = kamelets.send("table-ready", Map.of("phone", OTHER), Map.of("provider", "mine"));

        Call placed = done.getMessage().getBody(Call.class);
        assertThat(placed.to()).isEqualTo(OTHER);
        assertRouteIsAsItWas(done);
        assertThat(done.getVariable("provider")).isEqualTo("mine");
        awaitStatus(placed, "completed");
    }

    @Test
    void aVoiceOfElevenLabsSpeaksOnThePhone() throws Exception {

        Call placed = kamelets.send("table-spoken", Map.of("phone", OTHER, "name", "Ada"), Map.of())
                .getMessage()
                .getBody(Call.class);

        awaitStatus(placed, "completed");
    }

    // ---- twilio-signature-action -----------------------------------------------------------------------------------

    @Test
    void subaccountCallWebhookLetsTheSubaccountInAndNobodyElse() throws Exception {
        Map<String, String> form = Map.of("CallSid", "CA1", "From", OTHER, "To", "+15550009999");

        HttpResponse<String> signed = post("/subaccount/incoming-call?x=%20y", form, KameletGateway.SUBACCOUNT_TOKEN);
        assertThat(signed.statusCode()).as(signed.body()).isEqualTo(200);
        assertThat(signed.body()).isEqualTo("<Response><Say>Nobody is here.</Say></Response>");

        HttpResponse<String> other = post("/subaccount/incoming-call", form, RunningGateway.TOKEN);
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(new JsonObject(other.body()).getString("detail"))
                .isEqualTo("X-Twilio-Signature is missing or wrong");
        assertThat(gateway.postForm("/subaccount/incoming-call", "CallSid=CA1").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subaccount/incoming-call?To=x CallSid=CA1", // the query is signed
                "/subaccount/incoming-call CallSid=CA2", // a field changed
                "/subaccount/incoming-call CallSid=CA2&CallSid=CA1", // what the route sees is the last one
                "/subaccount/incoming-call CallSid=CA1&From=x", // a field added
            })
    void whatIsNotAsItWasSignedIsRefused(String request) throws Exception {
        String path = request.split(" ")[0];
        String signature = new TwilioSignature(KameletGateway.SUBACCOUNT_TOKEN)
                .signForm(
                        gateway.origin() + "/subaccount/incoming-call",
                        Map.of("CallSid", "CA1").entrySet());

        assertThat(gateway.postForm(path, request.split(" ")[1], "X-Twilio-Signature", signature)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theGatewaysOwnAccountAndOriginCountUnlessOthersAreGiven() throws Exception {
        Map<String, String> form = Map.of("CallSid", "CA1");

        assertThat(post("/own/incoming-call", form, RunningGateway.TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(post("/moved/incoming-call", form, RunningGateway.TOKEN).statusCode())
                .isEqualTo(403);
        assertThat(gateway.postForm(
                                "/moved/incoming-call",
                                "CallSid=CA1",
                                "X-Twilio-Signature",
                                new TwilioSignature(RunningGateway.TOKEN)
                                        .signForm("https://voice2.example.com/moved/incoming-call", form.entrySet()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whereThereIsNoRequestThereIsNoSignature() throws Exception {

        assertThatThrownBy(() -> kamelets.send("no-request", null, Map.of()))
                .satisfies(failed -> assertThat(Problem.of(failed).status()).isEqualTo(403));
    }

    // ---- elevenlabs-speech-action ----------------------------------------------------------------------------------

    @Test
    void welcomeSpeakIsHosted() throws Exception {
        Exchange done = kamelets.send("welcome-speak", "Ada", Map.of("text", "mine"));

        String twiml = done.getMessage().getBody(String.class);
        assertThat(twiml).matches("<Response><Play>http://127\\.0\\.0\\.1:\\d+/audio/[^<]+</Play></Response>");
        URI audio = URI.create(twiml.replaceAll("</?[A-Za-z]+>", ""));
        HttpResponse<String> fetched = gateway.get(audio.getPath());
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.headers().firstValue("Content-Type")).hasValue("audio/mpeg");
        assertRouteIsAsItWas(done);
        assertThat(done.getVariable("text")).isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource({"speech-voice, ../user, voiceId is no id", "speech-format, mp3&x=y, outputFormat must be like"})
    void whatWouldLeadElsewhereIsRefused(String route, String value, String detail) {
        assertThatThrownBy(() -> kamelets.send(route, value, Map.of()))
                .satisfies(failed -> assertThat(Problem.of(failed).detail()).startsWith(detail));
    }

    // ---- retell-call-register-action -------------------------------------------------------------------------------

    @Test
    void frontdeskAnswerRegistersTheCall() throws Exception {
        gateway.agent(new Agent(
                "desk-1",
                "frontdesk",
                "retell",
                null,
                "agent_receptionist",
                null,
                null,
                null,
                null,
                AgentLimits.DEFAULT));
        Call call = gateway.bean(CallStore.class).open(call(OTHER));

        Exchange done = kamelets.send("frontdesk-answer", null, Map.of("call", call, "agent", "mine"));

        String twiml = done.getMessage().getBody(String.class);
        assertThat(twiml).contains("<Sip>sip:call_");
        String retellCallId = twiml.replaceAll("(?s).*sip:([^@]+)@.*", "$1");
        JsonObject record = gateway.record(retellCallId);
        assertThat(record.getString("id")).isEqualTo(call.id());
        assertThat(record.getString("agent_id")).isEqualTo("desk-1");
        assertThat(gateway.eventTypes(call.id())).contains("retell-call-registered");
        assertRouteIsAsItWas(done);
        assertThat(done.getVariable("agent")).isEqualTo("mine");
    }

    @Test
    void theAgentThatWasChosenIsRegisteredAndAMissingOneIsSaid() throws Exception {
        Agent chosen = new Agent(
                "desk-2", "desk-2", "retell", null, "agent_receptionist", null, null, null, null, AgentLimits.DEFAULT);
        Call call = gateway.bean(CallStore.class).open(call(OTHER));

        Exchange done = kamelets.send(
                "chosen-register", null, Map.of("call", call, "agent", chosen, "context", Map.of("name", "Ada")));

        assertThat(done.getMessage().getBody(String.class)).startsWith("call_");
        assertThatThrownBy(() -> kamelets.send("chosen-register", null, Map.of("call", call)))
                .satisfies(failed -> assertThat(Problem.of(failed).detail()).startsWith("agent is missing"));
        assertThatThrownBy(() -> kamelets.send("chosen-register", null, Map.of("agent", chosen)))
                .satisfies(failed -> assertThat(Problem.of(failed).detail()).isEqualTo("There is no call to register"));
    }

    // ---- daily-room-action -----------------------------------------------------------------------------------------

    @Test
    void visitOpenMakesARoomThatIsASession() throws Exception {
        Exchange done = kamelets.send("visit-open", Map.of("name", "Ada"), Map.of("session", "mine"));

        Map<?, ?> session = done.getMessage().getBody(Map.class);
        String id = String.valueOf(session.get("session_id"));
        assertThat(String.valueOf(session.get("room_url"))).endsWith(id);
        assertThat(String.valueOf(session.get("token"))).isNotBlank();
        assertThat(new JsonObject(gateway.get("/sessions/" + id).body()).getString("status"))
                .isEqualTo("created");
        assertRouteIsAsItWas(done);
        assertThat(done.getVariable("session")).isEqualTo("mine");
        assertThat(gateway.delete("/sessions/" + id).statusCode()).isLessThan(300);
    }

    @Test
    void whatIsWrongWithARoomIsNamed() throws Exception {

        assertThatThrownBy(() -> kamelets.send("wrong-room", "many", Map.of()))
                .satisfies(failed ->
                        assertThat(Problem.of(failed).detail()).startsWith("maxParticipants must be a whole number"));
    }

    // ---- provider-request-action -----------------------------------------------------------------------------------

    @Test
    void orderLookupAsksAcme() throws Exception {
        kamelets.acme.answers(asked -> Told.json(200, "{\"id\":7,\"state\":\"shipped\"}"));

        Exchange done = kamelets.send("order-lookup", Map.of("id", 7), Map.of());

        assertThat(done.getMessage().getBody(Map.class)).isEqualTo(Map.of("id", 7, "state", "shipped"));
        Asked asked = kamelets.acme.last();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.target()).isEqualTo("/v1/orders/7");
        assertThat(asked.authorization()).isEqualTo("Bearer acme-key");
        assertThat(asked.body()).isEmpty();
        assertRouteIsAsItWas(done);
    }

    @Test
    void acmesRefusalsAreCategoriesAndItsPathsCannotBeLeft() throws Exception {
        kamelets.acme.answers(asked -> Told.json(404, "{\"error\":{\"code\":\"no_order\",\"message\":\"none\"}}"));

        assertThatThrownBy(() -> kamelets.send("order-lookup", Map.of("id", 8), Map.of()))
                .satisfies(failed -> {
                    assertThat(Problem.of(failed).status()).isEqualTo(404);
                    assertThat(Problem.of(failed).detail()).isEqualTo("acme answered 404: no_order none");
                });
        int asked = kamelets.acme.asked().size();
        assertThatThrownBy(() -> kamelets.send("order-lookup", Map.of("id", "../../admin"), Map.of()))
                .satisfies(failed -> assertThat(Problem.of(failed).status()).isEqualTo(400));
        assertThat(kamelets.acme.asked()).hasSize(asked);
    }

    @Test
    void whatIsWrongWithAProviderIsSaidBeforeTheRouteRuns() {
        kamelets.write("test/wrong-provider.camel.yaml", routeOf("wrong-provider", """
                - to:
                    uri: kamelet:provider-request-action
                    parameters:
                      provider: acme
                      url: ftp://127.0.0.1"""));
        try {
            assertThatThrownBy(kamelets::flip)
                    .isInstanceOf(PatchbayRoutesException.class)
                    .rootCause()
                    .hasMessageContaining("must begin with https:// or http://");
        } finally {
            kamelets.delete("test/wrong-provider.camel.yaml");
        }
    }

    @Test
    void aMisspelledParameterIsSaidBeforeTheRouteRuns() {
        kamelets.write("test/misspelled.camel.yaml", routeOf("misspelled", """
                - to:
                    uri: kamelet:twilio-sms-send-action
                    parameters:
                      to: ${body}
                      txt: Hello"""));
        try {
            assertThatThrownBy(kamelets::flip)
                    .isInstanceOf(PatchbayRoutesException.class)
                    .hasMessageContaining("twilio-sms-send-action has no parameter txt, only from, text, to");
        } finally {
            kamelets.delete("test/misspelled.camel.yaml");
        }
    }

    // ----------------------------------------------------------------------------------------------------------------

    private static void assertRouteIsAsItWas(Exchange done) {
        assertThat(done.getMessage().getHeader("kept")).isEqualTo("header");
        assertThat(done.getVariable("kept")).isEqualTo("variable");
    }

    private static String routeOf(String id, String steps) {
        return """
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                %2$s
                """.formatted(id, steps.indent(8).stripTrailing());
    }

    private HttpResponse<String> post(String path, Map<String, String> form, String token) throws Exception {
        String signature = new TwilioSignature(token).signForm(gateway.origin() + path, form.entrySet());
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue().replace("+", "%2B"))
                .collect(Collectors.joining("&"));
        return gateway.postForm(path, body, "X-Twilio-Signature", signature);
    }

    private JsonObject message(String sid) throws Exception {
        return new JsonObject(gateway.get("/messages?limit=200").body())
                .getJsonArray("messages").stream()
                        .map(JsonObject.class::cast)
                        .filter(message -> sid.equals(message.getString("sid")))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("not stored: " + sid));
    }

    private void awaitStatus(Call call, String status) {
        await().untilAsserted(() ->
                assertThat(gateway.record(call.id()).getString("status")).isEqualTo(status));
    }

    private static Call call(String from) {
        return new Call(
                Ids.next(),
                "CA" + Ids.next(),
                null,
                null,
                Direction.INBOUND,
                from,
                "+15550009999",
                null,
                CallStatus.RINGING,
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }
}
