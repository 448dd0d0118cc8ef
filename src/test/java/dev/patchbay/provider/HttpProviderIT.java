package dev.patchbay.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.FakeProvider.Told;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bean of provider-request-action, against a real server. */
class HttpProviderIT {

    private static final Vertx VERTX = Vertx.vertx();

    private final FakeProvider server = new FakeProvider(asked -> Told.json(200, "{\"ok\":true}"));
    private final ProviderClients clients = new ProviderClients(VERTX);
    private final HttpProvider acme = provider("acme");

    private HttpProvider provider(String name) {
        HttpProvider provider = new HttpProvider();
        provider.setClients(clients);
        provider.setProvider(name);
        provider.setUrl(server.origin() + "/v1/");
        return provider;
    }

    @AfterEach
    void close() {
        server.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close();
    }

    @Test
    void aMapIsSentAsJsonAndATextComesBack() throws Exception {
        acme.setToken("key");
        acme.setTokenScheme("Bearer");

        assertThat(acme.send("/things?a=b", Map.of("name", "one", "parts", List.of(1, 2))))
                .isEqualTo("{\"ok\":true}");

        FakeProvider.Asked asked = server.last();
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.target()).isEqualTo("/v1/things?a=b");
        assertThat(asked.contentType()).isEqualTo("application/json");
        assertThat(asked.authorization()).isEqualTo("Bearer key");
        assertThat(asked.body()).contains("\"name\":\"one\"").contains("\"parts\":[1,2]");
    }

    @Test
    void bytesComeBackAsBytesAndAnotherHeaderCarriesTheToken() throws Exception {
        server.answers(asked -> new Told(200, "audio/mpeg", new byte[] {1, 2, 3}));
        acme.setMethod("get");
        acme.setTokenHeader("xi-api-key");
        acme.setToken("key");

        assertThat(acme.send("", "not sent")).isEqualTo(new byte[] {1, 2, 3});
        assertThat(server.last().body()).isEmpty();
        assertThat(server.last().target()).isEqualTo("/v1");
        assertThat(server.last().authorization()).isEqualTo("key");
    }

    @Test
    void onlyAServerThatIsTracedTooIsToldOfATrace() throws Exception {
        try (SdkTracerProvider sdk = SdkTracerProvider.builder().build()) {
            Tracer tracer = sdk.get("test");
            acme.setClients(new ProviderClients(VERTX, new ProviderSpans(tracer)));
            acme.setTraced(true);
            acme.send("/nobody", "asked for this");
            assertThat(server.last().traceparent()).as("outside of a trace").isEmpty();

            Span route = tracer.spanBuilder("route").startSpan();
            try (Scope during = route.makeCurrent()) {
                acme.send("/ours", "");
                assertThat(server.last().traceparent())
                        .as("the request's own span in the route's trace")
                        .startsWith("00-" + route.getSpanContext().getTraceId() + "-")
                        .doesNotContain(route.getSpanContext().getSpanId());

                acme.setTraced(false);
                acme.send("/theirs", "");
                assertThat(server.last().traceparent()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "302, PROVIDER_FAILED",
        "400, INVALID_REQUEST",
        "401, PROVIDER_FAILED",
        "403, PROVIDER_FAILED",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "410, NOT_FOUND",
        "413, TOO_LARGE",
        "422, UNPROCESSABLE",
        "451, PROVIDER_FAILED",
        "500, PROVIDER_FAILED",
        "503, PROVIDER_FAILED",
    })
    void aStatusIsACategory(int status, ErrorCategory category) {
        server.answers(asked -> Told.json(status, "{\"message\":\"why\"}"));

        PatchbayException failed = catchThrowableOfType(PatchbayException.class, () -> acme.send("/x", "{}"));

        assertThat(failed.category()).isEqualTo(category);
        assertThat(failed.provider()).isEqualTo("acme");
        assertThat(failed).hasMessage("acme answered " + status + ": why");
    }

    @Test
    void whoDoesNotAnswerInTimeIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        server.answers(asked -> {
            try {
                never.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Told.json(200, "{}");
        });
        acme.setTimeout(200);
        long begin = System.nanoTime();

        PatchbayException failed = catchThrowableOfType(PatchbayException.class, () -> acme.send("/x", "{}"));
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        never.countDown();

        assertThat(failed.category()).isEqualTo(ErrorCategory.TIMED_OUT);
        assertThat(failed.getMessage()).contains("whether it did what it was asked is not known");
        assertThat(took).isBetween(150L, 5_000L);
    }

    @Test
    void whoKeepsFailingIsLeftAloneAndNobodyElseForIt() throws Exception {
        server.answers(asked -> Told.json(500, "{}"));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> acme.send("/x", "{}")).isInstanceOf(PatchbayException.class);
        }
        int asked = server.asked().size();

        PatchbayException failed = catchThrowableOfType(PatchbayException.class, () -> acme.send("/x", "{}"));

        assertThat(failed.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(server.asked()).hasSize(asked);
        server.answers(again -> Told.json(200, "{}"));
        assertThat(provider("other").send("/x", "{}")).isEqualTo("{}");
        try (FakeProvider elsewhere = new FakeProvider(other -> Told.json(200, "{}"))) {
            HttpProvider namesake = provider("acme");
            namesake.setUrl(elsewhere.origin().toString());
            assertThat(namesake.send("/x", "{}")).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "@evil.example.com/",
                "/../admin",
                "/a/..",
                "/a/%2e%2E/b",
                "/..%2fadmin",
                "/./x",
                "/a b",
                "/a\nHost: x",
                "/#x",
                "//../x"
            })
    void aPathThatCouldLeadElsewhereIsNotAsked(String path) {
        PatchbayException failed = catchThrowableOfType(PatchbayException.class, () -> acme.send(path, "{}"));

        assertThat(failed.category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a..b", "/.well-known/x", "?q=../x", "/a/...", "/caf%C3%A9"})
    void aPathThatOnlyLooksLikeOneIs(String path) throws Exception {
        acme.send(path, "{}");

        assertThat(server.last().target()).isEqualTo(URI.create("/v1" + path).toString());
    }

    @Test
    void whatIsSetWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> acme.setUrl("file:///etc/passwd")).hasMessageContaining("url: must begin with https");
        assertThatThrownBy(() -> acme.setUrl("https://user:pw@example.com"))
                .hasMessageContaining("must have no user")
                .hasMessageNotContaining("pw");
        assertThatThrownBy(() -> acme.setProvider("No Name")).hasMessageContaining("provider must be");
        assertThatThrownBy(() -> acme.setMethod("BREW")).hasMessageContaining("none of GET");
        assertThatThrownBy(() -> acme.setTokenHeader("a: b")).hasMessageContaining("tokenHeader must be");
        assertThatThrownBy(() -> acme.setTimeout(0)).hasMessageContaining("requestTimeout");
    }
}
