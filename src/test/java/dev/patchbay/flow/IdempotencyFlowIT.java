package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code Idempotency-Key}: one message, however often and however fast its order is sent. */
class IdempotencyFlowIT {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.shared();
    }

    private static HttpResponse<String> send(String key, String text) {
        return send(key, "+12025551234", text);
    }

    private static HttpResponse<String> send(String key, String to, String text) {
        try {
            return gateway.postJson(
                    "/twilio/sms/send",
                    new JsonObject().put("to", to).put("message", text).encode(),
                    "Idempotency-Key",
                    key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long stored(String text) throws Exception {
        return new JsonObject(gateway.get("/messages?limit=200").body())
                .getJsonArray("messages").stream()
                        .filter(message -> text.equals(((JsonObject) message).getString("body")))
                        .count();
    }

    @Test
    void theSameOrderGetsTheSameAnswer() throws Exception {
        HttpResponse<String> first = send("same", "once only");
        HttpResponse<String> second = send("same", "once only");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(stored("once only")).isEqualTo(1);
    }

    @Test
    void ordersAtTheSameTimeWaitForOneAnother() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> orders = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> send("race", "in a race")))
                .toList();

        assertThat(orders.stream()
                        .map(CompletableFuture::join)
                        .map(HttpResponse::body)
                        .distinct())
                .hasSize(1);
        assertThat(stored("in a race")).isEqualTo(1);
    }

    @Test
    void anotherOrderNeedsAnotherKey() throws Exception {
        send("other", "first text");

        HttpResponse<String> answer = send("other", "second text");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(stored("second text")).isZero();
    }

    @Test
    void whatWasRefusedMayBeTriedAgain() throws Exception {
        assertThat(send("refused", "+15005550001", "to nobody").statusCode()).isEqualTo(400);
        assertThat(send("refused", "to somebody").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyThatIsTooLongIsNamed() {
        HttpResponse<String> answer = send("x".repeat(256), "long key");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Idempotency-Key");
    }
}
