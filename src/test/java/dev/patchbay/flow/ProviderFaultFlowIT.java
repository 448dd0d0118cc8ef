package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.Ids;
import dev.patchbay.flow.AskingEndpoint.Kind;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.SandboxCaller;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every endpoint answers when the provider behind it fails, and what is true afterwards: in time, with the right
 * problem (or TwiML), nothing asked for twice that must not be, nothing in the store that is not so. The endpoints are the
 * lines of {@link AskingEndpoint}, the ways to fail those of {@link Fault}. Every request to a provider fails in every way, at
 * the first endpoint that leads to it; at the others in those that stand for the rest.
 *
 * <p>The gateway is as in production, circuit breakers included. A provider fails here less than every other time, so that
 * its breaker stays closed; where all fail at once, the breakers open, and the last test wants them so.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProviderFaultFlowIT {

    private static final String APOLOGY = "We are sorry. Something went wrong on our side. Please call again later.";
    /** What a request may take beyond its deadline until we have read its answer on a busy machine. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private static final Duration API_DEADLINE = Duration.ofSeconds(10);
    private static final Duration WEBHOOK_DEADLINE = Duration.ofSeconds(8);
    /** For an answer that nothing has to be waited for. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private static final AtomicInteger CASES = new AtomicInteger(10_000);
    private static final ExecutorService ASKERS = Executors.newCachedThreadPool();
    private static final Map<Fault, CompletableFuture<Void>> CALLS = new EnumMap<>(Fault.class);
    private static final List<Case> LAST = new ArrayList<>();

    private static PlayedProviders providers;
    private static RunningGateway gateway;
    private static Vertx callers;

    /**
     * An endpoint that is about to be asked.
     *
     * @param id of what was given
     * @param since an id that is smaller than those of all records of the case
     */
    private record Case(AskingEndpoint endpoint, String mark, String id, String since) {

        static Case of(AskingEndpoint endpoint) throws Exception {
            String mark = PlayedProviders.mark(CASES.incrementAndGet());
            String since = Ids.next();
            return new Case(endpoint, mark, endpoint.given().id(gateway, mark), since);
        }

        Reply ask(String... headers) throws Exception {
            long begin = System.nanoTime();
            String path = endpoint.path(id);
            HttpResponse<String> answer = endpoint.kind() != Kind.REST
                    ? gateway.postSigned(path, endpoint.form(mark))
                    : endpoint.method().equals("GET")
                            ? gateway.get(path)
                            : gateway.send(endpoint.method(), path, endpoint.json(mark), headers);
            return new Reply(answer, Duration.ofNanos(System.nanoTime() - begin));
        }

        int asked() {
            return providers.asked(endpoint.fails(), mark);
        }
    }

    private record Reply(HttpResponse<String> answer, Duration took) {

        int status() {
            return answer.statusCode();
        }

        String body() {
            return answer.body();
        }

        String contentType() {
            return answer.headers().firstValue("Content-Type").orElse("");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        providers = new PlayedProviders();
        gateway = RunningGateway.outsideTheSandbox(
                Stream.concat(Stream.of(providers.settings()), Stream.of("--PATCHBAY_SMS_FORWARD_TO=+12025550198"))
                        .toArray(String[]::new));
        callers = Vertx.vertx();
        for (String name : AskingEndpoint.AGENTS_AT_RETELL) {
            String number = name.equals("reception") ? AskingEndpoint.RETELL_NUMBER : null;
            gateway.agent(new Agent(
                    name, name, "retell", number, "agent-" + name, null, null, null, null, AgentLimits.DEFAULT));
        }
        gateway.agent(new Agent(
                "human", "human", "twilio", "+12025550197", null, null, null, null, null, AgentLimits.DEFAULT));
    }

    @AfterAll
    static void stop() throws Exception {
        ASKERS.shutdownNow();
        gateway.stop();
        callers.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        providers.close();
    }

    static List<Arguments> endpointsAndFaults() {
        Set<Ask> met = EnumSet.noneOf(Ask.class);
        List<Arguments> cases = new ArrayList<>();
        requests().forEach(endpoint -> {
            boolean first = met.add(endpoint.fails());
            for (Fault fault : Fault.values()) {
                if (!fault.isSlow() && (first || fault.isTypical())) {
                    cases.add(Arguments.of(endpoint, fault));
                }
            }
        });
        return cases;
    }

    private static Stream<AskingEndpoint> requests() {
        return AskingEndpoint.ALL.stream().filter(endpoint -> endpoint.kind() != Kind.CONVERSATION);
    }

    @Order(1)
    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("endpointsAndFaults")
    void isToldAtOnceAndNothingIsDoneTwice(AskingEndpoint endpoint, Fault fault) throws Exception {
        if (fault.counts()) { // so that the breaker stays closed
            assertThat(Case.of(endpoint).ask().status()).as("well").isBetween(200, 299);
        }

        Reply reply = fails(Case.of(endpoint), fault);

        assertThat(reply.took()).isLessThan(AT_ONCE);
    }

    @Order(2)
    @TestFactory
    Stream<DynamicTest> whoAsksToWaitIsAskedFourTimesAtMost() {
        callers(); // they take as long, and little of the machine
        return atOnce(requests(), Fault.TOO_MANY);
    }

    @Order(3)
    @TestFactory
    Stream<DynamicTest> aCallerWhoseAgentCannotBeHadIsGivenAnother() {
        return callers().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey().toString(), () -> call.getValue().get(30, TimeUnit.SECONDS)));
    }

    /** A call to an agent at ElevenLabs for each fault, on their way. */
    private static Map<Fault, CompletableFuture<Void>> callers() {
        if (!CALLS.isEmpty()) {
            return CALLS;
        }
        AskingEndpoint conversation = AskingEndpoint.ALL.stream()
                .filter(endpoint -> endpoint.kind() == Kind.CONVERSATION)
                .findFirst()
                .orElseThrow();
        for (Fault fault : Fault.values()) {
            if (!fault.passes()) {
                CALLS.put(fault, run(CALLS.size(), () -> isGivenAnother(Case.of(conversation), fault)));
            }
        }
        return CALLS;
    }

    @Order(4)
    @TestFactory
    Stream<DynamicTest> whoIsSilentIsLeftInTime() {
        last(); // prepared while the breakers are closed
        Stream<DynamicTest> waiting = atOnce(requests(), Fault.SILENT);
        DynamicTest others = DynamicTest.dynamicTest("who asks no provider does not notice", () -> {
            for (String path : List.of("/health", "/calls", "/metrics", "/twilio/config")) {
                long begin = System.nanoTime();
                assertThat(gateway.get(path).statusCode()).as(path).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(path).isLessThan(AT_ONCE);
            }
        });
        return Stream.concat(Stream.of(others, repeatedWhileItRuns()), waiting);
    }

    /** Whoever has the key is another process, or was one: it claimed it a moment ago and has not answered. */
    private static DynamicTest repeatedWhileItRuns() {
        MongoCollection<Document> claims = gateway.bean(MongoDatabase.class).getCollection("idempotency");
        CompletableFuture<Void> told = run(0, () -> {
            Reply first = repeat();
            assertThat(first.status()).as(first.body()).isEqualTo(201);
            String agent = first.answer().headers().firstValue("Location").orElseThrow();
            assertThat(claims.updateOne(
                                    Filters.eq("location", agent),
                                    Updates.combine(
                                            Updates.unset("status"),
                                            Updates.set("claimed_at", Date.from(Instant.now()))))
                            .getModifiedCount())
                    .isOne();

            Reply second = repeat();

            isAProblem(second, 409);
            assertThat(second.answer().headers().firstValue("Retry-After")).hasValue("5");
            assertThat(second.took()).isBetween(API_DEADLINE.minusSeconds(1), API_DEADLINE.plus(SLACK));
        });
        return DynamicTest.dynamicTest(
                "what is repeated while it runs waits for its answer", () -> told.get(30, TimeUnit.SECONDS));
    }

    private static Reply repeat() throws Exception {
        long begin = System.nanoTime();
        HttpResponse<String> answer = gateway.send(
                "POST",
                "/agents",
                new JsonObject().put("name", "repeated").put("provider", "echo").encode(),
                "Idempotency-Key",
                "repeated-while-it-runs");
        return new Reply(answer, Duration.ofNanos(System.nanoTime() - begin));
    }

    @Order(5)
    @Test
    void whoKeepsFailingIsNotAskedAndThatIsToldAtOnce() throws Exception {
        for (String provider : List.of("twilio", "retell", "daily", "elevenlabs", "openai")) {
            List<Case> its = last().stream()
                    .filter(one -> one.endpoint().fails().provider().equals(provider))
                    .toList();
            open(its);
            if (provider.equals("twilio")) {
                gateway.flip(); // an edit of the routes closes no breaker
            }
            for (Case one : its) {
                AskingEndpoint endpoint = one.endpoint();
                providers.fail(endpoint.fails(), one.mark(), Fault.ERROR);
                List<String> before = stored(one);

                Reply reply = one.ask();

                assertThat(reply.took()).as(endpoint.toString()).isLessThan(AT_ONCE);
                assertThat(one.asked()).as("asked: %s", endpoint).isZero();
                if (endpoint.kind() == Kind.REST) {
                    isAProblem(reply, 503);
                    assertThat(reply.body()).contains("keeps failing and is not asked for a moment");
                    assertThat(reply.answer().headers().firstValue("Retry-After"))
                            .hasValue("10");
                    assertThat(stored(one)).as(endpoint.toString()).isEqualTo(before);
                } else {
                    isTwiml(one, reply, "keeps failing");
                }
            }
        }
    }

    /** What the last test asks, when nothing can be prepared any more. */
    private static List<Case> last() {
        if (LAST.isEmpty()) {
            requests().map(ProviderFaultFlowIT::prepared).forEach(LAST::add);
        }
        return LAST;
    }

    /** Has their provider fail until its breaker is open. */
    private static void open(List<Case> its) {
        AskingEndpoint any = its.stream()
                .map(Case::endpoint)
                .filter(endpoint ->
                        endpoint.kind() == Kind.REST && endpoint.method().equals("POST"))
                .findFirst()
                .orElseThrow();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            Case one = Case.of(any);
            providers.fail(any.fails(), one.mark(), Fault.ERROR);
            return one.ask().body().contains("keeps failing");
        });
    }

    @Order(1)
    @Test
    void aRecordingThatBreaksOffAtOnceIsAProviderThatFailed() throws Exception {
        Case one = recorded(request -> {
            request.response().setChunked(true).putHeader("Content-Type", "audio/x-wav");
            request.response().write("").onComplete(written -> request.connection()
                    .close());
        });

        Reply reply = one.ask();

        isAProblem(reply, 502);
        assertThat(reply.body()).contains("twilio broke off");
    }

    /** Too late for a problem, as the answer has begun; but half of it must not pass for the whole. */
    @Order(1)
    @Test
    void aRecordingThatBreaksOffInTheMiddleIsNoWholeOne() throws Exception {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        Case one = recorded(request -> {
            request.response().setChunked(true).putHeader("Content-Type", "audio/x-wav");
            request.response().write("RIFF" + "x".repeat(100_000));
            heard.thenRun(() -> request.connection().close());
        });
        HttpRequest request = HttpRequest.newBuilder(
                        gateway.origin().resolve(one.endpoint().path(one.id())))
                .build();

        try (InputStream audio = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertThat(new String(audio.readNBytes(4), StandardCharsets.US_ASCII))
                    .isEqualTo("RIFF");
            heard.complete(null);
            assertThatThrownBy(audio::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    private static Case recorded(Consumer<HttpServerRequest> media) throws Exception {
        Case one = Case.of(requests()
                .filter(endpoint -> endpoint.fails() == Ask.RECORDING_FETCH)
                .findFirst()
                .orElseThrow());
        providers.answers(Ask.RECORDING_FETCH, one.mark(), media);
        return one;
    }

    @Test
    void everyOperationThatAsksAProviderIsInTheTable() {
        Set<String> inTheTable = AskingEndpoint.ALL.stream()
                .map(AskingEndpoint::operation)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(AskingOperations.of(gateway.context()))
                .as("because an endpoint that is not in AskingEndpoint.ALL is not tried with a provider that fails")
                .isEqualTo(inTheTable);
    }

    @Test
    void theDocumentSaysWhatTheyAnswer() throws Exception {
        JsonObject paths = new JsonObject(gateway.get("/openapi.json").body()).getJsonObject("paths");

        requests().filter(endpoint -> endpoint.kind() == Kind.REST).forEach(endpoint -> {
            String path = endpoint.operation().substring(endpoint.method().length() + 1);
            JsonObject operation =
                    paths.getJsonObject(path).getJsonObject(endpoint.method().toLowerCase(Locale.ROOT));
            assertThat(operation.getJsonObject("responses").fieldNames())
                    .as(endpoint.operation())
                    .contains("502", "503", "504");
        });
    }

    /** Each in a test of its own, and all of them at the same time. */
    private static Stream<DynamicTest> atOnce(Stream<AskingEndpoint> endpoints, Fault fault) {
        // Nothing fails before everything is there.
        List<Case> cases = endpoints.map(ProviderFaultFlowIT::prepared).toList();
        return IntStream.range(0, cases.size())
                .mapToObj(i -> Map.entry(cases.get(i).endpoint(), run(i, () -> fails(cases.get(i), fault))))
                .toList()
                .stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(), () -> one.getValue().get(30, TimeUnit.SECONDS)));
    }

    private static Case prepared(AskingEndpoint endpoint) {
        try {
            return Case.of(endpoint);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Runs them at the same time, but so that not all begin, and time out, in the same moment. */
    private static CompletableFuture<Void> run(int number, Work work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                CompletableFuture.delayedExecutor(number * 50L, TimeUnit.MILLISECONDS, ASKERS));
    }

    /** The case fails so: everything that must hold then. */
    private static Reply fails(Case one, Fault fault) throws Exception {
        AskingEndpoint endpoint = one.endpoint();
        providers.fail(endpoint.fails(), one.mark(), fault);
        List<String> before = stored(one);

        Reply reply = one.ask("Idempotency-Key", one.mark());

        assertThat(one.asked())
                .as("asked")
                .isBetween(fault == Fault.TOO_MANY ? 2 : 1, fault.times(endpoint.fails()))
                .matches(times -> fault == Fault.TOO_MANY || times == fault.times(endpoint.fails()));
        assertThat(reply.took())
                .isLessThan((endpoint.kind() == Kind.REST ? API_DEADLINE : WEBHOOK_DEADLINE).plus(SLACK));
        if (endpoint.kind() == Kind.REST && !fault.passes()) {
            isAProblem(reply, fault.status());
            assertThat(new JsonObject(reply.body()).getString("detail"))
                    .contains(endpoint.fails().provider());
            assertThat(reply.answer().headers().firstValue("Retry-After").isPresent())
                    .as("Retry-After")
                    .isEqualTo(fault.status() == 503);
            assertThat(stored(one)).as("what is stored").isEqualTo(before);
        } else if (endpoint.kind() == Kind.REST) {
            assertThat(reply.status()).as(reply.body()).isBetween(200, 299);
        } else {
            isTwiml(one, reply, fault.passes() ? null : "retell");
        }
        if (roomMayBeThere(endpoint.fails(), fault)) {
            await().untilAsserted(() -> assertThat(providers.asked(Ask.ROOM_DELETE, one.mark()))
                    .as("room deleted")
                    .isOne());
        }
        again(one, fault, reply);
        return reply;
    }

    /** A room without a token, or one of which Daily did not say that there is none. */
    private static boolean roomMayBeThere(Ask ask, Fault fault) {
        return ask == Ask.TOKEN_CREATE && !fault.passes()
                || ask == Ask.ROOM_CREATE
                        && fault != Fault.UNAUTHORIZED
                        && Set.of(502, 504).contains(fault.status());
    }

    /** What the same request gets when the provider is well again. */
    private static void again(Case one, Fault fault, Reply first) throws Exception {
        int asked = one.asked();
        providers.heal(one.mark());
        switch (one.endpoint().kind()) {
            case REST -> {
                Reply second = one.ask("Idempotency-Key", one.mark());
                boolean stands = one.endpoint().method().equals("POST") && fault.status() != 503;
                if (fault == Fault.SILENT && !stands) {
                    return; // by then the breaker is open
                }
                if (stands) {
                    assertThat(second.status()).as("the same answer").isEqualTo(first.status());
                    assertThat(second.body()).isEqualTo(first.body());
                    assertThat(one.asked()).as("not asked again").isEqualTo(asked);
                } else {
                    assertThat(second.status()).as(second.body()).isLessThan(fault.passes() ? 500 : 300);
                }
            }
            case MESSAGE -> {
                assertThat(one.ask().body()).as("a repeated delivery").endsWith("<Response/>");
                assertThat(one.asked()).as("not forwarded again").isEqualTo(asked);
            }
            default -> {}
        }
    }

    private static void isAProblem(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.contentType()).startsWith("application/problem+json");
        JsonObject problem = new JsonObject(reply.body());
        assertThat(problem.fieldNames()).containsExactly("type", "title", "status", "detail");
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(reply.body()).doesNotContain("Exception", "\tat ", "dev.patchbay", "<html");
    }

    /** @param reason what the record must say; null when the call must have gone on */
    private static void isTwiml(Case one, Reply reply, String reason) throws Exception {
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.contentType()).startsWith("text/xml");
        if (one.endpoint().kind() == Kind.MESSAGE) {
            assertThat(reply.body()).endsWith("<Response/>");
            assertThat(stored(one))
                    .as("the message that came, and the one that went")
                    .filteredOn(json -> json.contains("+" + one.mark()))
                    .hasSize(reason == null ? 2 : 1);
            return;
        }
        JsonObject record = gateway.record("CA" + Ask.sid(one.mark()));
        List<String> events = gateway.eventTypes("CA" + Ask.sid(one.mark()));
        if (reason == null) {
            assertThat(reply.body()).contains("<Dial").contains("sip:registered-" + one.mark() + "@");
            assertThat(record.getString("error")).isNull();
        } else {
            assertThat(reply.body()).isEqualTo("<Response><Say>" + APOLOGY + "</Say><Hangup/></Response>");
            assertThat(record.getString("error")).contains(reason);
            assertThat(record.getString("provider_call_id")).isNull();
            assertThat(record.getString("agent_id")).isNull();
            assertThat(events).contains("call-failed").doesNotContain("retell-call-registered");
        }
    }

    private static void isGivenAnother(Case one, Fault fault) throws Exception {
        providers.fail(one.endpoint().fails(), one.mark(), fault);
        CallRequest request = CallRequest.of(
                        "+" + one.mark(),
                        "+15550000000",
                        RunningGateway.speech(),
                        gateway.origin(),
                        RunningGateway.ACCOUNT,
                        RunningGateway.TOKEN)
                .to(one.endpoint().path(one.id()));

        CallReport report = new SandboxCaller(callers)
                .call(request)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);

        assertThat(report.violations()).isEmpty();
        assertThat(report.verbs()).containsExactly("Connect", "Redirect", "Dial", "Hangup");
        assertThat(report.dialled()).singleElement().asString().startsWith("sip:registered-" + one.mark() + "@");
        assertThat(report.durationMillis())
                .as("ms until the agent is given up, 4.5 s at most")
                .isLessThan(6000);
        assertThat(gateway.record(report.callSid()).getString("agent_id")).isEqualTo("backup");
        assertThat(gateway.eventTypes(report.callSid()))
                .filteredOn("agent-attempt-failed"::equals)
                .hasSize(2);
    }

    /** What is kept of the case: records that name it, and what belongs to these. */
    private static List<String> stored(Case one) {
        Set<String> names = new TreeSet<>(Set.of(one.mark()));
        if (!one.id().isEmpty()) {
            names.add(one.id()); // a room does not have the mark
        }
        List<String> found = new ArrayList<>();
        for (String collection : List.of("calls", "messages", "sessions", "call_events")) {
            for (Document document : since(one, collection)) {
                String json = document.toJson();
                if (names.stream().anyMatch(json::contains)) {
                    names.add(document.getString("_id"));
                    found.add(json);
                }
            }
        }
        Document recording = gateway.bean(MongoDatabase.class)
                .getCollection("recordings")
                .find(Filters.eq("_id", "RE" + Ask.sid(one.mark())))
                .first();
        found.add(recording == null ? "no recording" : recording.toJson());
        return found;
    }

    private static List<Document> since(Case one, String collection) {
        return gateway.bean(MongoDatabase.class)
                .getCollection(collection)
                .find(Filters.gt("_id", one.since()))
                .into(new ArrayList<>());
    }
}
