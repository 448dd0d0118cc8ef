package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that offer every new connection to become HTTP/2, as the JDK's does, are answered over HTTP/1.1, undisturbed. */
class HttpVersionFlowIT {

    private static final int CLIENTS = 4;
    private static final int ROUNDS = 60;

    private final RunningGateway gateway = RunningGateway.strict();

    @Test
    void whateverTheyAskForHundredsOfTimes() throws Exception {
        CallReport report =
                gateway.call(gateway.request(), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(500)));
        JsonObject speech = new JsonObject(gateway.postJson("/voice/orchestrator/speech", "{\"text\":\"Hello\"}")
                .body());
        URI audio = URI.create(speech.getString("audio_url"));
        URI recording = gateway.origin().resolve("/calls/" + report.callSid() + "/recording");
        byte[] sound = gateway.getBytes(audio.getPath()).body();
        // Long enough to be sent in several pieces.
        String order = new JsonObject()
                .put("to", "+12025551234")
                .put("message", "x".repeat(100_000))
                .encode();
        HttpRequest post = HttpRequest.newBuilder(gateway.origin().resolve("/twilio/sms/send"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(order))
                .build();

        List<CompletableFuture<Void>> clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        // Each has no connection yet.
                        HttpClient client = HttpClient.newHttpClient();
                        assertThat(get(client, audio).body()).isEqualTo(sound);
                        assertThat(get(client, recording).body()).isEqualTo(report.stereoWav());
                        HttpResponse<byte[]> answer = send(client, post);
                        assertThat(answer.statusCode()).isEqualTo(400);
                        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
                    }
                }))
                .toList();

        clients.forEach(CompletableFuture::join);
    }

    private static HttpResponse<byte[]> get(HttpClient client, URI uri) {
        HttpResponse<byte[]> answer = send(client, HttpRequest.newBuilder(uri).build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        return answer;
    }

    private static HttpResponse<byte[]> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (Exception e) {
            throw new AssertionError(request + " failed", e);
        }
    }
}
