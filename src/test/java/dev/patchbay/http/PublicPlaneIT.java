package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a request may be, over real sockets, in front of routes that answer with the length of the body. */
class PublicPlaneIT {

    private static final int MIB = 1024 * 1024;

    private static Vertx vertx;
    private static PublicPlane plane;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        plane = new PublicPlane(
                vertx,
                new PublicPlaneProperties(port, "127.0.0.1", null, List.of(), 600),
                List.of(),
                RoutingContext::next,
                request -> request.end("read " + request.body().length()));
        plane.start();
    }

    @AfterAll
    static void stop() throws Exception {
        plane.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aRequestLineMayHaveEightKilobytes() throws IOException {
        String line = "GET /calls?cursor=%s HTTP/1.1";
        int rest = line.length() - 2;

        assertThat(RawHttp.send(port, "", line.formatted("a".repeat(InvalidRequest.MAX_LINE - rest)), "Host: localhost")
                        .status())
                .isEqualTo(200);
        assertProblem(
                RawHttp.send(port, "", line.formatted("a".repeat(InvalidRequest.MAX_LINE)), "Host: localhost"),
                414,
                "8192 bytes");
    }

    @Test
    void headersMayHaveSixteenKilobytesTogether() throws IOException {
        String small = "X-A: " + "a".repeat(7_000);

        assertThat(RawHttp.send(port, "", "GET / HTTP/1.1", "Host: localhost", small, small)
                        .status())
                .isEqualTo(200);
        assertProblem(
                RawHttp.send(port, "", "GET / HTTP/1.1", "Host: localhost", small, small, small), 431, "16384 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1|no colon here", "nonsense", "GET / HTTP/1.1|Content-Length: some"})
    void whatIsNoRequestIsToldSo(String head) throws IOException {
        assertProblem(RawHttp.send(port, "", head.split("\\|")), 400, "");
    }

    @Test
    void anOfferToSpeakHttp2IsPassedOver() throws IOException {
        RawHttp.Answer answer = RawHttp.send(
                port,
                "",
                "GET / HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA");

        assertThat(answer.text()).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("h2c");
    }

    @Test
    void nobodyCanExpectAnythingButToContinue() throws IOException {
        assertProblem(
                RawHttp.send(
                        port, "{}", "POST / HTTP/1.1", "Host: localhost", "Content-Length: 2", "Expect: a miracle"),
                417,
                "100-continue");
    }

    @ParameterizedTest
    @CsvSource({
        "/calls, application/json, 1048576",
        "/webhooks/retell, application/json; charset=utf-8, 1048576",
        "/webhooks/twilio, application/x-www-form-urlencoded, 262144",
        "/webhooks/twilio, Application/X-WWW-Form-Urlencoded; charset=utf-8, 262144",
        "/customers/import, application/json, 1048576",
        "/calls, '', 1048576",
    })
    void aBodyMayBeAsLargeAsItsTypeSays(String path, String type, int limit) throws IOException {
        String body = type.contains("json") ? json(limit) : "a=" + "b".repeat(limit - 2);

        assertThat(post(path, type, body).text()).contains("200 OK").endsWith("read " + limit);
        assertProblem(post(path, type, body + " "), 413, limit < MIB ? limit / 1024 + " KiB" : limit / MIB + " MiB");
    }

    @Test
    void aBodyThatDoesNotSayItsLengthIsCutOffAtTheLimit() throws IOException {
        String chunk = "%x\r\n%s\r\n".formatted(MIB / 2, "b".repeat(MIB / 2));

        assertProblem(
                RawHttp.send(
                        port,
                        chunk.repeat(3) + "0\r\n\r\n",
                        "POST /calls HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: text/plain",
                        "Transfer-Encoding: chunked"),
                413,
                "1 MiB");
    }

    @Test
    void whoGoesOnSendingIsAnsweredAndCutOff() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write("POST /calls HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000000\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = new byte[12];

            assertThat(socket.getInputStream().readNBytes(answer, 0, answer.length))
                    .isEqualTo(answer.length);
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 413");
            assertThat(isCutOff(out)).isTrue();
        }
    }

    /** Whether the server closes while we write, in a time that is long for it. */
    private static boolean isCutOff(OutputStream out) throws IOException {
        long begin = System.nanoTime();
        try {
            while (System.nanoTime() - begin < 8_000_000_000L) {
                out.write(new byte[1024]);
            }
            return false;
        } catch (SocketException closed) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":[1,2.5e3,null,true,\"\\u00fc\"]}",
                "[]",
                "\"text\"",
                "7",
                " {} ",
            })
    void jsonPassesAsItIs(String json) throws IOException {
        assertThat(post("/calls", "application/json", json).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":} | line 1, column 6",
                "{'a':1} | line 1",
                "{\"a\":1} x | line 1",
                "{\"a\":1}{} | after its JSON value",
                "{\"a\":1 | line 1",
                "to=me | line 1",
                "' ' | empty",
            })
    void whatIsNoJsonIsSaidToBeNone(String text, String detail) throws IOException {
        assertProblem(post("/calls", "application/json", text), 400, detail);
    }

    @Test
    void jsonThatIsBuiltToCostIsRefused() throws IOException {
        assertJson("[".repeat(JsonBounds.DEPTH) + "]".repeat(JsonBounds.DEPTH), 200);
        assertJson("[".repeat(JsonBounds.DEPTH + 1) + "]".repeat(JsonBounds.DEPTH + 1), 400);
        assertJson("{\"" + "n".repeat(JsonBounds.NAME) + "\":1}", 200);
        assertJson("{\"" + "n".repeat(JsonBounds.NAME + 1) + "\":1}", 400);
        assertJson("[" + "1".repeat(JsonBounds.NUMBER) + "]", 200);
        assertJson("[" + "1".repeat(JsonBounds.NUMBER + 1) + "]", 400);
        assertJson("[".repeat(100_000), 400);
    }

    private static void assertJson(String json, int status) throws IOException {
        assertThat(post("/calls", "application/json", json).status())
                .as(json.substring(0, 20))
                .isEqualTo(status);
    }

    /** A JSON text of so many bytes. */
    private static String json(int length) {
        return "{\"a\":\"" + "b".repeat(length - 8) + "\"}";
    }

    private static RawHttp.Answer post(String path, String type, String body) throws IOException {
        return RawHttp.send(
                port,
                body,
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                type.isEmpty() ? "Accept: */*" : "Content-Type: " + type,
                "Content-Length: " + body.getBytes(StandardCharsets.ISO_8859_1).length);
    }

    private static void assertProblem(RawHttp.Answer answer, int status, String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).containsIgnoringCase("content-type: application/problem+json");
        JsonObject problem =
                new JsonObject(answer.text().substring(answer.text().indexOf("\r\n\r\n")));
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).contains(detail);
    }
}
