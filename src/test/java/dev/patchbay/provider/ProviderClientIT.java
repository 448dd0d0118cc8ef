package dev.patchbay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.Deadline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real server that misbehaves: how often it is asked, and what the caller is told. */
class ProviderClientIT {

    private static final ProviderRequest CREATE =
            ProviderRequest.create("/things", new JsonObject().put("name", "one"));

    private static Vertx vertx;
    private static HttpServer server;

    private static final AtomicInteger ASKED = new AtomicInteger();
    private static volatile Behaviour behaviour = (request, attempt) -> {};

    private ProviderClient client;

    private interface Behaviour {
        void answer(HttpServerRequest request, int attempt);
    }

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    int attempt = ASKED.incrementAndGet();
                    behaviour.answer(request, attempt);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @BeforeEach
    void fresh() {
        ASKED.set(0);
        client = client(server.actualPort());
    }

    /** With a circuit breaker of its own. */
    private static ProviderClient client(int port) {
        return new ProviderClients(vertx)
                .of(
                        "acme",
                        URI.create("http://127.0.0.1:" + port + "/v1"),
                        Map.of("Authorization", "Bearer secret"),
                        new Backoff(Duration.ofMillis(1)));
    }

    private PatchbayException failure(ProviderRequest request) {
        return catchThrowableOfType(PatchbayException.class, () -> client.send(request));
    }

    /** With that much time, of which the client keeps half a second to answer. */
    private PatchbayException failure(ProviderRequest request, Duration time) {
        return catchThrowableOfType(
                PatchbayException.class, () -> Deadline.in(time).during(() -> client.send(request)));
    }

    @Test
    void sendsCredentialsAndBodyAndBringsTheAnswerBack() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        behaviour = (request, attempt) -> request.body().onSuccess(body -> {
            seen.complete("%s %s %s %s %s"
                    .formatted(
                            request.method(),
                            request.uri(),
                            request.getHeader("Authorization"),
                            request.getHeader("Content-Type"),
                            body));
            request.response().setStatusCode(201).putHeader("X-Thing", "1").end("{\"id\":\"t1\"}");
        });

        ProviderAnswer answer = client.send(CREATE);

        assertThat(seen.get(5, TimeUnit.SECONDS))
                .isEqualTo("POST /v1/things Bearer secret application/json {\"name\":\"one\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.headers()).containsEntry("x-thing", "1");
        assertThat(answer.json().getString("id")).isEqualTo("t1");
    }

    @Test
    void aFormRepeatsAFieldWithSeveralValues() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        behaviour = (request, attempt) -> request.body().onSuccess(body -> {
            seen.complete(body.toString());
            request.response().end();
        });

        client.send(ProviderRequest.create("/form", Map.of("Event", List.of("a b", "ü&="))));

        assertThat(seen.get(5, TimeUnit.SECONDS)).isEqualTo("Event=a+b&Event=%C3%BC%26%3D");
    }

    @Test
    void aRefusalIsForTheCallerToJudge() {
        behaviour = (request, attempt) ->
                request.response().setStatusCode(400).end("{\"code\":21211,\"message\":\"Invalid 'To'\"}");

        ProviderAnswer answer = client.send(CREATE);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.reason()).isEqualTo("acme answered 400: 21211 Invalid 'To'");
    }

    @Test
    void aCreateIsNotReplayedAfter500() {
        behaviour = (request, attempt) ->
                request.response().setStatusCode(503).end("{\"code\":20503,\"message\":\"Try later\"}");

        PatchbayException failure = failure(CREATE);

        assertThat(failure.category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(failure).hasMessage("acme answered 503: 20503 Try later");
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void aCreateIsReplayedAfter429() {
        behaviour = (request, attempt) -> request.response()
                .setStatusCode(attempt < 3 ? 429 : 201)
                .putHeader("Retry-After", "0")
                .end("{}");

        assertThat(client.send(CREATE).status()).isEqualTo(201);
        assertThat(ASKED).hasValue(3);
    }

    @Test
    void fourRefusalsAreEnough() {
        behaviour = (request, attempt) -> request.response().setStatusCode(429).end();

        PatchbayException failure = failure(CREATE);

        assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(failure.retryAfter()).isNotNull();
        assertThat(ASKED).hasValue(4);
    }

    @Test
    void aWaitThatIsLongerThanTheDeadlineIsHandedOn() {
        behaviour = (request, attempt) -> request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "60")
                .end();

        PatchbayException failure = failure(CREATE);

        assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void whoHangsIsLeftWithinTheInboundDeadline() {
        behaviour = (request, attempt) -> {};
        long begin = System.nanoTime();

        PatchbayException failure = failure(CREATE, Duration.ofMillis(800));

        assertThat(failure.category()).isEqualTo(ErrorCategory.TIMED_OUT);
        assertThat(failure).hasMessageContaining("whether it did what it was asked is not known");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(800));
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void whoStopsInTheMiddleOfAnAnswerIsLeftToo() {
        behaviour = (request, attempt) ->
                request.response().setChunked(true).setStatusCode(201).write("{\"id\"");

        assertThat(failure(CREATE, Duration.ofMillis(800)).category()).isEqualTo(ErrorCategory.TIMED_OUT);
        assertThat(ASKED).hasValue(1);
    }

    /** A shutdown interrupts it: who ordered something must not be told that nothing was done. */
    @Test
    void whoeverIsInterruptedDoesNotKnowWhetherItWasDone() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        behaviour = (request, attempt) -> sent.countDown();
        CompletableFuture<PatchbayException> told = new CompletableFuture<>();
        Thread worker = new Thread(() -> told.complete(failure(CREATE)));
        worker.start();
        assertThat(sent.await(5, TimeUnit.SECONDS)).isTrue();

        worker.interrupt();

        PatchbayException failure = told.get(5, TimeUnit.SECONDS);
        assertThat(failure.category()).isEqualTo(ErrorCategory.TIMED_OUT);
        assertThat(failure).hasMessageContaining("whether it did what it was asked is not known");
    }

    @Test
    void nothingIsSentWhenTheTimeIsOver() {
        behaviour = (request, attempt) -> request.response().end();

        assertThat(failure(CREATE, Duration.ofMillis(400)).category()).isEqualTo(ErrorCategory.TIMED_OUT);
        assertThat(ASKED).hasValue(0);
    }

    @Test
    void aCreateIsNotReplayedAfterAReset() {
        behaviour = (request, attempt) -> request.connection().close();

        assertThat(failure(CREATE).category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void aQuestionIsAskedOnceMoreAfterAReset() {
        behaviour = (request, attempt) -> {
            if (attempt == 1) {
                request.connection().close();
            } else {
                request.response().end("{}");
            }
        };

        assertThat(client.send(ProviderRequest.get("/things/1")).status()).isEqualTo(200);
        assertThat(ASKED).hasValue(2);
    }

    @Test
    void aQuestionIsAskedTwiceAtMost() {
        behaviour = (request, attempt) -> request.connection().close();

        assertThat(failure(ProviderRequest.delete("/things/1")).category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(ASKED).hasValue(2);
    }

    @Test
    void nobodyThereIsAProviderThatFailed() throws Exception {
        NetServer gone = vertx.createNetServer()
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        int port = gone.actualPort();
        gone.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        client = client(port);

        assertThat(failure(CREATE).category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
    }

    @Test
    void bytesThatAreNotHttpAreAProviderThatFailed() throws Exception {
        NetServer junk = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(request -> {
                    ASKED.incrementAndGet();
                    socket.end(io.vertx.core.buffer.Buffer.buffer("\u0000\u0001 what is this\r\n\r\n".getBytes(UTF_8)));
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        client = client(junk.actualPort());

        assertThat(failure(CREATE).category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void aBodyThatIsNotJsonIsAProviderThatFailed() {
        behaviour = (request, attempt) -> request.response().end("<html>hello</html>");

        PatchbayException failure = catchThrowableOfType(
                PatchbayException.class, () -> client.send(CREATE).json());

        assertThat(failure.category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        assertThat(failure).hasMessageContaining("not JSON");
    }

    @Test
    void whoKeepsFailingIsNotAskedForAMoment() {
        behaviour = (request, attempt) -> request.response().setStatusCode(500).end();
        for (int i = 0; i < 10; i++) {
            assertThat(failure(CREATE).category()).isEqualTo(ErrorCategory.PROVIDER_FAILED);
        }

        PatchbayException failure = failure(CREATE);

        assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(10));
        assertThat(ASKED).hasValue(10);
    }

    @Test
    void anEventLoopIsNeverBlocked() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        vertx.runOnContext(v -> {
            try {
                client.send(CREATE);
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });

        assertThat(thrown.get(5, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        assertThat(ASKED).hasValue(0);
    }
}
