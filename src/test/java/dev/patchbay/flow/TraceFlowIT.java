package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.flow.TraceReceiver.Span;
import dev.patchbay.route.check.RouteEdit;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a call, as whoever receives traces sees it: from the webhook to the provider that is asked. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TraceFlowIT {

    private static final String MARK = PlayedProviders.mark(70_001);
    private static final String BROKEN = PlayedProviders.mark(70_002);
    private static final String CALLED = PlayedProviders.mark(70_003);
    private static final String OURS = "+15550000000";

    @TempDir
    private static Path folder;

    private static List<String> threadsBefore;
    private static TraceReceiver receiver;
    private static PlayedProviders providers;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        RunningGateway.shared();
        threadsBefore = threads();
        receiver = new TraceReceiver();
        providers = new PlayedProviders();
        RouteEdit.copyOfRoutes(folder.resolve("routes"));
        gateway = RunningGateway.outsideTheSandbox(Stream.concat(
                        Stream.of(providers.settings()),
                        Stream.of(
                                "--patchbay.routes.dir=" + folder.resolve("routes"),
                                "--patchbay.trace.endpoint=" + receiver.url(),
                                "--patchbay.trace.delay=50ms",
                                "--patchbay.trace.headers=x-team=voice%20agents"))
                .toArray(String[]::new));
        gateway.agent(new Agent(
                "reception",
                "reception",
                "retell",
                null,
                "agent_reception",
                null,
                null,
                null,
                null,
                AgentLimits.DEFAULT));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.stop();
        providers.close();
        receiver.close();
    }

    @Test
    void aCallIsOneTraceFromTheWebhookToTheProvider() throws Exception {
        String callSid = sid(1);
        AtomicReference<String> passedOn = new AtomicReference<>("not asked");
        providers.answers(Ask.CALL_REGISTER, MARK, request -> {
            passedOn.set(String.valueOf(request.getHeader("traceparent")));
            request.response().setStatusCode(201).end("{\"call_id\":\"registered-1\"}");
        });

        assertThat(rings("/api/webhooks/twilio/reception", callSid, MARK).body())
                .contains("<Sip>sip:registered-1@");

        List<Span> trace = trace(callSid);
        assertThat(way(trace, "POST retell"))
                .containsExactly(
                        "POST retell",
                        "retell-call-answer",
                        "call-answer",
                        "call-receive",
                        "twilio-agent-webhook",
                        "POST /api/webhooks/twilio/{agentId}");
        assertThat(trace)
                .extracting(Span::name)
                .doesNotHaveDuplicates()
                .contains("customer-lookup", "call-screen", "agent-select");
        assertThat(receiver.spans().stream()
                        .filter(span -> callSid.equals(span.attributes().get("call.sid")))
                        .map(Span::traceId)
                        .distinct())
                .hasSize(1);
        String callId = gateway.record(callSid).getString("id");
        assertThat(trace).allSatisfy(span -> {
            assertThat(span.service()).isEqualTo("patchbay");
            assertThat(span.status()).as(span.name()).isZero();
            assertThat(span.attributes())
                    .as(span.name())
                    .containsEntry("call.id", callId)
                    .containsEntry("call.sid", callSid);
        });
        Span request = named(trace, "POST /api/webhooks/twilio/{agentId}");
        assertThat(request.kind()).isEqualTo(TraceReceiver.SERVER);
        assertThat(request.parentId()).isEmpty();
        assertThat(request.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.route", "/api/webhooks/twilio/{agentId}")
                .containsEntry("http.response.status_code", "200");
        Span asked = named(trace, "POST retell");
        assertThat(asked.kind()).isEqualTo(TraceReceiver.CLIENT);
        assertThat(asked.attributes())
                .containsEntry("peer.service", "retell")
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.response.status_code", "201")
                .containsEntry("server.address", "127.0.0.1");
        assertThat(passedOn.get()).as("traceparent that the provider got").isEqualTo("null");
    }

    @Test
    void whatIsAskedInTheBackgroundBelongsToTheRouteThatBeganIt() throws Exception {
        assertThat(rings("/twilio/incoming-call", sid(2), MARK).body()).contains("<Stream");

        await().until(() -> trace(sid(2)).stream().anyMatch(span -> span.name().equals("GET elevenlabs")));
        List<Span> trace = trace(sid(2));
        assertThat(way(trace, "GET elevenlabs"))
                .containsExactly(
                        "GET elevenlabs",
                        "elevenlabs-call-answer",
                        "call-answer",
                        "call-receive",
                        "twilio-call-webhook",
                        "POST /twilio/incoming-call");
        assertThat(named(trace, "GET elevenlabs").attributes())
                .containsEntry("call.sid", sid(2))
                .containsEntry("http.response.status_code", "200");
    }

    @Test
    void aTraceThatBeganElsewhereGoesOnIfItsSenderIsKnown() throws Exception {
        String theirs = "4bf92f3577b34da6a3ce929d0e0e4736";
        String stranger = "aaaabbbbccccddddaaaabbbbccccdddd";
        gateway.postForm(
                "/twilio/incoming-call", "CallSid=" + sid(3), "traceparent", "00-" + stranger + "-00f067aa0ba902b7-01");

        rings("/twilio/incoming-call", sid(3), MARK, "traceparent", "00-" + theirs + "-00f067aa0ba902b7-01");

        List<Span> trace = trace(sid(3));
        assertThat(trace).allMatch(span -> span.traceId().equals(theirs));
        assertThat(named(trace, "POST /twilio/incoming-call").parentId()).isEqualTo("00f067aa0ba902b7");
        assertThat(receiver.spans()).noneMatch(span -> span.traceId().equals(stranger));
    }

    @Test
    void aCallThatWePlaceTellsTheStepThatLeaves() throws Exception {
        HttpResponse<String> answer = gateway.postJson("/calls", "{\"to\":\"+" + CALLED + "\",\"agent\":\"general\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonObject call = new JsonObject(answer.body());

        List<Span> trace = trace(call.getString("id"));
        assertThat(way(trace, "POST twilio"))
                .containsExactly(
                        "POST twilio",
                        "twilio-call-create-create",
                        "twilio-call-create",
                        "call-dial",
                        "elevenlabs-call-place",
                        "call-place",
                        "api-call-place",
                        "POST /calls");
        assertThat(trace)
                .allSatisfy(span ->
                        assertThat(span.attributes()).as(span.name()).containsEntry("call.id", call.getString("id")));
    }

    @Test
    void whatFailsIsMarkedByItsKind() throws Exception {
        providers.fail(Ask.CALL_REGISTER, BROKEN, Fault.ERROR);
        assertThat(rings("/api/webhooks/twilio/reception", sid(4), BROKEN).statusCode())
                .isEqualTo(200);

        List<Span> trace = trace(sid(4));
        for (String failed : List.of("POST retell", "retell-call-answer", "call-answer")) {
            Span span = named(trace, failed);
            assertThat(span.status()).as(failed).isEqualTo(TraceReceiver.ERROR);
            assertThat(span.attributes()).as(failed).containsEntry("error.type", "provider_failed");
        }
        assertThat(named(trace, "POST retell").attributes()).containsEntry("http.response.status_code", "500");
        assertThat(named(trace, "POST /api/webhooks/twilio/{agentId}").status()).isZero();
    }

    @Test
    void routesThatWereEditedAreTracedToo() throws Exception {
        Path file = folder.resolve("routes/operation/customer-lookup.camel.yaml");
        int before = generation();
        Files.writeString(file, Files.readString(file) + "# edited\n");
        await().until(() -> generation() > before);

        rings("/twilio/incoming-call", sid(5), MARK);

        assertThat(way(trace(sid(5)), "customer-lookup"))
                .containsExactly(
                        "customer-lookup",
                        "call-answer",
                        "call-receive",
                        "twilio-call-webhook",
                        "POST /twilio/incoming-call");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whatIsLeftIsDeliveredAtTheEndAndNothingOfItWasPrivate() throws Exception {
        rings("/twilio/incoming-call", sid(6), MARK);
        gateway.stop();

        assertThat(receiver.traceOf(sid(6))).extracting(Span::name).contains("call-answer");
        assertThat(receiver.teams()).containsOnly("voice agents");
        assertThat(receiver.everything())
                .contains("call-answer", sid(1))
                .doesNotContain(
                        MARK, BROKEN, "+" + CALLED, OURS.substring(1), RunningGateway.TOKEN, "Oops", "agent_id=");
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void withoutAReceiverThereIsNothingOfIt() {
        assertThat(threadsBefore).isEmpty();
        assertThat(RunningGateway.shared().context().getBeanNamesForType(Tracer.class))
                .isEmpty();
        assertThat(RunningGateway.shared().context().getBeanNamesForType(OpenTelemetry.class))
                .isEmpty();
    }

    private static HttpResponse<String> rings(String door, String callSid, String from, String... headers)
            throws Exception {
        Map<String, String> form = Map.of(
                "CallSid",
                callSid,
                "AccountSid",
                RunningGateway.ACCOUNT,
                "From",
                "+" + from,
                "To",
                OURS,
                "CallStatus",
                "ringing",
                "Direction",
                "inbound");
        return gateway.postSigned(door, form, headers);
    }

    private static String sid(int number) {
        return "CA7ace" + "0".repeat(27) + number;
    }

    /** The trace of a request about this call, once it is there. */
    private static List<Span> trace(String call) {
        return await().until(() -> receiver.traceOf(call), trace -> !trace.isEmpty());
    }

    private static Span named(List<Span> trace, String name) {
        return trace.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "No " + name + " in " + trace.stream().map(Span::name).toList()));
    }

    /** From a span up to the first of its trace. */
    private static List<String> way(List<Span> trace, String name) {
        Map<String, Span> byId = trace.stream().collect(Collectors.toMap(Span::id, Function.identity()));
        List<String> way = new ArrayList<>();
        for (Span span = named(trace, name); span != null; span = byId.get(span.parentId())) {
            way.add(span.name());
        }
        return way;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("BatchSpanProcessor") || name.startsWith("trace-"))
                .toList();
    }

    private static int generation() throws Exception {
        HttpResponse<String> status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + gateway.operationsPort() + "/actuator/routes-status"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new JsonObject(status.body()).getJsonObject("running").getInteger("generation");
    }
}
