package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the REST API, over real sockets: {@code keyed} has keys configured, {@code keyless} has none. */
class ApiKeyHandlerIT {

    private static Vertx vertx;
    private static int keyed;
    private static int keyless;

    @BeforeAll
    static void listen() throws Exception {
        vertx = Vertx.vertx();
        keyed = listen(ApiKeys.of(List.of("crm:k1", "desk:k2")));
        keyless = listen(ApiKeys.of(List.of()));
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static int listen(ApiKeys keys) throws Exception {
        Router router = Router.router(vertx);
        router.route().handler(new ApiKeyHandler(keys)).handler(ContentTypeHandler.JSON);
        router.route().handler(context -> context.end("owner=" + context.get(ApiKeyHandler.OWNER)));
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        return server.listen(0, "0.0.0.0")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization: Bearer k1, crm",
        "authorization: bearer  k2, desk",
        "X-API-Key: k2, desk",
        "x-api-key: k1, crm",
    })
    void aKeyOpensTheDoorFromAnywhere(String header, String owner) throws IOException {
        RawHttp.Answer answer = RawHttp.send(
                keyed, "", "GET /calls HTTP/1.1", "Host: voice.example.com", "X-Forwarded-For: 192.0.2.1", header);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).endsWith("owner=" + owner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: */*",
                "Authorization: Bearer",
                "Authorization: Bearer k3",
                "Authorization: Basic k1",
                "Authorization: k1",
                "X-API-Key: crm",
                "X-API-Key:",
                "Cookie: X-API-Key=k1"
            })
    void withoutAKeyItIs401EvenFromThisMachine(String header) throws IOException {
        RawHttp.Answer answer = RawHttp.send(keyed, "", "GET /calls HTTP/1.1", "Host: localhost", header);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text())
                .containsIgnoringCase("www-authenticate: Bearer")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("\"status\":401", "X-API-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "LOCALHOST", "127.0.0.1:9", "[::1]:8080", "[::1]"})
    void withoutKeysThisMachineIsAnswered(String host) throws IOException {
        RawHttp.Answer answer = RawHttp.send(keyless, "", "GET /calls HTTP/1.1", "Host: " + host);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).endsWith("owner=local");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: voice.example.com",
                "Host: localhost.example.com",
                "Host: localhost:8080@example.com",
                "Host: localhost, example.com",
                "Host: 127.0.0.1.example.com",
                "Host: 2130706433",
                "Host:",
                "X-No-Host: 1",
                "Host: localhost|Host: example.com",
                "Host: example.com|Host: localhost",
                "Host: localhost|Host: localhost",
                "Host: localhost|Forwarded: for=192.0.2.1",
                "Host: localhost|X-Forwarded-For: 192.0.2.1",
                "Host: localhost|x-forwarded-proto: https",
                "Host: localhost|X-FORWARDED-HOST: localhost",
                "Host: localhost|X-Forwarded-Anything:",
                "Host: localhost|Origin: http://localhost:8080",
                "Host: localhost|Origin: null"
            })
    void withoutKeysNothingElseIs(String headers) throws IOException {
        RawHttp.Answer answer = RawHttp.send(keyless, "", lines("GET /calls HTTP/1.1", headers));

        assertThat(answer.status()).isIn(400, 401);
        assertThat(answer.text()).doesNotContain("owner=");
        if (answer.status() == 401) {
            assertThat(answer.text()).contains("Set PATCHBAY_API_KEYS");
        }
    }

    @Test
    void withoutKeysAMissingHostOfAnOldClientIsRefused() throws IOException {
        assertThat(RawHttp.send(keyless, "", "GET /calls HTTP/1.0").status()).isEqualTo(401);
    }

    @Test
    void withoutKeysAnotherMachineIsRefusedWhateverItSays() throws IOException {
        Optional<InetAddress> outside = outsideAddress();
        assumeTrue(outside.isPresent(), "skipped: this machine has no address but loopback");

        assertThat(RawHttp.send(outside.get(), keyless, "", "GET /calls HTTP/1.1", "Host: localhost")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, Content-Type: application/json, {}, 200",
        "POST, content-type: Application/JSON; charset=utf-8, {}, 200",
        "POST, Accept: */*, '', 200",
        "GET, Content-Type: text/plain, '', 200",
        "POST, Content-Type: text/plain, {}, 415",
        "POST, Content-Type: application/x-www-form-urlencoded, '', 415",
        "PUT, Content-Type: text/plain;application/json, {}, 415",
        "PATCH, Accept: */*, {}, 415",
        "POST, Content-Type: application/json-patch+json, {}, 415",
    })
    void aBodyMustBeDeclaredAsJson(String method, String header, String body, int status) throws IOException {
        RawHttp.Answer answer = RawHttp.send(
                keyless,
                body,
                method + " /calls HTTP/1.1",
                "Host: localhost",
                "Content-Length: " + body.length(),
                header);

        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void aBodyInChunksMustBeDeclaredToo() throws IOException {
        assertThat(RawHttp.send(
                                keyless,
                                "2\r\n{}\r\n0\r\n\r\n",
                                "POST /calls HTTP/1.1",
                                "Host: localhost",
                                "Transfer-Encoding: chunked")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"localhost, 200", "127.0.0.1, 200", "voice.example.com, 401"})
    void overHttp2TheAuthorityIsTheHost(String authority, int status) throws Exception {
        HttpClientOptions http2 =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
        RequestOptions request = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(keyless, "127.0.0.1"))
                .setHost(authority)
                .setPort(keyless)
                .setURI("/calls");
        HttpClientResponse answer = vertx.createHttpClient(http2)
                .request(request)
                .compose(HttpClientRequest::send)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static String[] lines(String first, String headers) {
        return (first + "|" + headers).split("\\|");
    }

    private static Optional<InetAddress> outsideAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .filter(address -> address.getAddress().length == 4)
                .findFirst();
    }
}
