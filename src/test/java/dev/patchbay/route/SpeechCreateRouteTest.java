package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.provider.ProviderClients;
import dev.patchbay.provider.elevenlabs.ElevenLabsProperties;
import dev.patchbay.provider.elevenlabs.ElevenLabsSpeech;
import dev.patchbay.provider.openai.OpenAiChat;
import dev.patchbay.provider.openai.OpenAiProperties;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code speech-create} and {@code chat-answer} where nothing is configured: 503 that says what to set. */
class SpeechCreateRouteTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void theMissingVariableIsNamed(@TempDir Path dir) throws Exception {
        try (RouteScene scene = scene(dir)) {
            assertThatThrownBy(() -> scene.send("speech-create", Map.of("text", "Hello")))
                    .satisfies(e -> assertThat(Problem.of(e))
                            .isEqualTo(Problem.of(
                                    ErrorCategory.UNAVAILABLE, "ElevenLabs not configured. Set ELEVENLABS_API_KEY")));
            assertThatThrownBy(() -> scene.send("chat-answer", Map.of("message", "Hello", "wantAudio", false)))
                    .satisfies(e -> {
                        assertThat(Problem.of(e).status()).isEqualTo(503);
                        assertThat(Problem.of(e).detail()).contains("OPENAI_API_KEY");
                    });
        }
    }

    private RouteScene scene(Path dir) {
        URI nowhere = URI.create("http://127.0.0.1:1");
        ProviderClients clients = new ProviderClients(vertx);
        return new RouteScene(dir, "speech-create", "chat-answer", "error-default")
                .with(
                        "elevenLabsSpeech",
                        new ElevenLabsSpeech(
                                new ElevenLabsProperties(null, null, null, nowhere, null),
                                clients.of("elevenlabs", nowhere, Map.of())))
                .with(
                        "openAiChat",
                        new OpenAiChat(
                                new OpenAiProperties(null, nowhere, "model"), clients.of("openai", nowhere, Map.of())))
                .start();
    }
}
