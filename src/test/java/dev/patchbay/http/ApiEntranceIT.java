package dev.patchbay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order in which a request is judged at the entrance of the REST API, over real sockets. */
class ApiEntranceIT {

    private static final String[] CRM = {"Host: voice.example.com", "X-API-Key: k1"};
    private static final String[] DESK = {"Host: voice.example.com", "X-API-Key: k2"};
    private static final String[] NOBODY = {"Host: voice.example.com", "X-API-Key: k3"};

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aKeyThatIsUsedTooOftenHasToWaitAndTheOthersDoNot() throws Exception {
        int port = listen(List.of("crm:k1", "desk:k2"), 2);
        assertThat(get(port, CRM).status()).isEqualTo(200);
        assertThat(get(port, CRM).status()).isEqualTo(200);

        RawHttp.Answer refused = get(port, CRM);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text())
                .containsIgnoringCase("content-type: application/problem+json")
                .containsPattern("(?i)retry-after: (29|30|31)\r\n") // a token every 30 s
                .contains("\"status\":429", "PATCHBAY_RATE_LIMIT");
        assertThat(get(port, DESK).status()).isEqualTo(200);
    }

    @Test
    void whoHasNoKeyUsesUpNobodysShare() throws Exception {
        int port = listen(List.of("crm:k1"), 2);
        for (int i = 0; i < 20; i++) {
            assertThat(get(port, NOBODY).status()).isEqualTo(401);
        }

        assertThat(get(port, CRM).status()).isEqualTo(200);
        assertThat(get(port, CRM).status()).isEqualTo(200);
    }

    @Test
    void aRequestThatPassesTwoDoorsCountsOnce() throws Exception {
        int port = listen(List.of("crm:k1"), 1);

        assertThat(get(port, CRM).status())
                .as("the server below asks the entrance twice")
                .isEqualTo(200);
        assertThat(get(port, CRM).status()).isEqualTo(429);
    }

    @Test
    void withoutKeysEveryLocalAddressHasAShare() throws Exception {
        int port = listen(List.of(), 1);

        assertThat(from("127.0.0.1", port)).isEqualTo(200);
        assertThat(from("127.0.0.1", port)).isEqualTo(429);
        assertThat(from("127.0.0.2", port)).isEqualTo(200);
    }

    @Test
    void aBodyOfAWrongTypeIsRefusedLast() throws Exception {
        int port = listen(List.of("crm:k1"), 1);
        String[] csv = {"POST /calls HTTP/1.1", "Host: localhost", "Content-Type: text/csv", "Content-Length: 0"};

        assertThat(RawHttp.send(port, "", csv).status()).isEqualTo(401);
        assertThat(RawHttp.send(port, "", with(csv, "X-API-Key: k1")).status()).isEqualTo(415);
        assertThat(RawHttp.send(port, "", with(csv, "X-API-Key: k1")).status()).isEqualTo(429);
    }

    private int listen(List<String> keys, int perMinute) throws Exception {
        ApiEntrance entrance = new ApiEntrance(new ApiKeyHandler(ApiKeys.of(keys)), new RateLimit(perMinute));
        Router router = Router.router(vertx);
        for (int door = 0; door < 2; door++) {
            router.route().handler(request -> {
                if (entrance.admits(request)) {
                    request.next();
                }
            });
        }
        router.route().handler(request -> request.end("in"));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "0.0.0.0")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private static RawHttp.Answer get(int port, String... headers) throws IOException {
        String[] head = new String[headers.length + 1];
        head[0] = "GET /calls HTTP/1.1";
        System.arraycopy(headers, 0, head, 1, headers.length);
        return RawHttp.send(port, "", head);
    }

    /** The status of a request that leaves this machine's own address. */
    private static int from(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /calls HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return new RawHttp.Answer(answer).status();
        }
    }

    private static String[] with(String[] head, String header) {
        String[] longer = Arrays.copyOf(head, head.length + 1);
        longer[head.length] = header;
        return longer;
    }
}
