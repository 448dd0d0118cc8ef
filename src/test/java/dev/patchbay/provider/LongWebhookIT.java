package dev.patchbay.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.http.PublicPlane;
import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.http.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long bodies over real sockets, on the public plane in front of routes that answer with the length of the body. */
class LongWebhookIT {

    private static final int MIB = 1 << 20;
    private static final HmacSha256 KEY = new HmacSha256(new byte[] {1, 2, 3});
    private static final String SIGNATURE = "X-Test-Signature";

    private static final LongWebhook WEBHOOK = new LongWebhook(
            "/long",
            request -> Optional.ofNullable(request.getHeader(SIGNATURE))
                    .map(given -> KEY.check(
                            new byte[0],
                            new byte[0],
                            HexFormat.of().parseHex(given),
                            Instant.now(),
                            Duration.ofMinutes(1))),
            head -> head.contains("sound"),
            40L << 20);

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
                List.of(WEBHOOK),
                RoutingContext::next,
                request -> request.end(
                        "read " + request.body().length() + (LongWebhook.isGenuine(request) ? " genuine" : "")));
        plane.start();
    }

    @AfterAll
    static void stop() throws Exception {
        plane.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 511, 512, 70_000, MIB, 3 * MIB, LongWebhook.KEPT})
    void whatIsSignedGoesToItsRoute(int length) throws IOException {
        assertThat(post(json("words", length)).text())
                .startsWith("HTTP/1.1 200")
                .endsWith("read " + length + " genuine");
        assertThat(WEBHOOK.kept()).isZero();
    }

    @Test
    void whatIsTooLongToBeReadIsTakenAllTheSame() throws IOException {
        RawHttp.Answer answer = post(json("words", LongWebhook.KEPT + 1));

        assertThat(answer.text()).startsWith("HTTP/1.1 200").doesNotContain("read");
        assertThat(WEBHOOK.kept()).isZero();
    }

    @Test
    void whatNobodyWantsIsNotKeptWhileItComes() throws Exception {
        String body = json("sound", 30 * MIB);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked", signature(body)));
            for (int from = 0; from < body.length(); from += MIB) {
                out.write((Integer.toHexString(MIB) + "\r\n" + body.substring(from, from + MIB) + "\r\n")
                        .getBytes(ISO_8859_1));
                assertThat(WEBHOOK.kept()).isZero();
            }
            out.write("0\r\n\r\n".getBytes(ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("read");
        }
    }

    @Test
    void whatIsNotSignedIsForbiddenHoweverLongItIs() throws IOException {
        for (int length : new int[] {100, 3 * MIB, 5 * MIB}) {
            String body = json("words", length);
            String other = signature(body.replace("words", "sword"));
            assertThat(RawHttp.send(port, body, lines("Content-Length: " + length, other))
                            .status())
                    .isEqualTo(403);
        }
        String sound = json("sound", 2 * MIB);
        assertThat(RawHttp.send(port, sound, lines("Content-Length: " + sound.length(), signature("other")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoDoesNotEvenTryIsReadLikeAnybody() throws IOException {
        String fits = json("words", MIB);
        String large = json("words", MIB + 1);

        assertThat(RawHttp.send(port, fits, lines("Content-Length: " + MIB, null))
                        .text())
                .endsWith("read " + MIB);
        assertThat(RawHttp.send(port, large, lines("Content-Length: " + large.length(), null))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void whatIsNoJsonIsToldSoThoughItIsSigned() throws IOException {
        assertThat(post("junk").status()).isEqualTo(400);
        assertThat(post("[".repeat(MIB + 10)).status()).isEqualTo(400);
    }

    @Test
    void whenTooMuchComesAtOnceSomeOfItHasToComeAgain() throws Exception {
        String body = json("words", LongWebhook.KEPT);
        List<Socket> slow = new ArrayList<>();
        try {
            // Each is one byte short of its end, and keeps 3 MiB beyond the first.
            for (int i = 0; i < 5; i++) {
                Socket socket = new Socket("127.0.0.1", port);
                slow.add(socket);
                socket.getOutputStream().write(head("Content-Length: " + body.length(), signature(body)));
                socket.getOutputStream().write(body.substring(1).getBytes(ISO_8859_1));
            }
            await().until(() -> WEBHOOK.kept() > LongWebhook.ALL_KEPT - 2 * MIB);

            RawHttp.Answer refused = post(body);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).containsIgnoringCase("retry-after: 10");
            assertThat(post(json("words", MIB)).status())
                    .as("what is not long goes through")
                    .isEqualTo(200);
            assertThat(WEBHOOK.kept()).isLessThanOrEqualTo(LongWebhook.ALL_KEPT);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        await().until(() -> WEBHOOK.kept() == 0);
        assertThat(post(body).status()).isEqualTo(200);
    }

    @Test
    void whoNeverStopsIsAnsweredAndCutOff() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 100000000000", signature("")));
            byte[] piece = new byte[MIB];
            for (int i = 0; i < 41; i++) {
                out.write(piece);
            }
            byte[] answer = new byte[12];
            assertThat(socket.getInputStream().readNBytes(answer, 0, answer.length))
                    .isEqualTo(answer.length);
            assertThat(new String(answer, ISO_8859_1)).isEqualTo("HTTP/1.1 413");
            assertThat(isCutOff(out)).isTrue();
        }
    }

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

    private static RawHttp.Answer post(String body) throws IOException {
        return RawHttp.send(port, body, lines("Content-Length: " + body.length(), signature(body)));
    }

    /** The head of a request, as RawHttp writes it. */
    private static byte[] head(String length, String signature) {
        return (String.join("\r\n", lines(length, signature)) + "\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1);
    }

    private static String[] lines(String length, @Nullable String signature) {
        return new String[] {
            "POST /long HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            length,
            signature == null ? "Accept: */*" : SIGNATURE + ": " + signature
        };
    }

    private static String signature(String body) {
        return HexFormat.of().formatHex(KEY.of(body.getBytes(ISO_8859_1)));
    }

    /** A JSON text of so many bytes that begins with a word. */
    private static String json(String word, int length) {
        return length < 13 ? "{}" : "{\"" + word + "\":\"" + "b".repeat(length - 12) + "\"}";
    }
}
