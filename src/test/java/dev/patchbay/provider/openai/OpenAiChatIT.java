package dev.patchbay.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.FakeProvider;
import dev.patchbay.provider.FakeProvider.Told;
import dev.patchbay.provider.ProviderClients;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiChatIT {

    private final Vertx vertx = Vertx.vertx();
    private final FakeProvider openAi = new FakeProvider(
            asked -> Told.json(200, "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\" Hi! \"}}]}"));

    @AfterEach
    void close() throws Exception {
        openAi.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void aMessageIsAnswered() {
        assertThat(chat("key").answer("Be kind", "Hello \"you\"")).isEqualTo("Hi!");

        assertThat(openAi.last().target()).isEqualTo("/v1/chat/completions");
        assertThat(openAi.last().authorization()).isEqualTo("Bearer key");
        assertThat(new JsonObject(openAi.last().body())).isEqualTo(new JsonObject("""
                        {"model":"some-model","messages":[
                          {"role":"system","content":"Be kind"},
                          {"role":"user","content":"Hello \\"you\\""}]}
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"Too long\"}} | INVALID_REQUEST | message: openai answered 400: context_length_exceeded Too long",
                "400 | {\"error\":{\"code\":null,\"message\":\"Bad parameter\"}} | PROVIDER_FAILED | openai answered 400",
                "401 | {\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Wrong key\"}} | PROVIDER_FAILED | openai answered 401: invalid_api_key Wrong key",
                "404 | {\"error\":{\"code\":\"model_not_found\",\"message\":\"No model\"}} | PROVIDER_FAILED | openai answered 404: model_not_found No model",
                "404 | <html/> | PROVIDER_FAILED | openai answered 404",
                "200 | {\"choices\":[]} | PROVIDER_FAILED | openai answered without a text",
                "200 | {\"choices\":[{\"message\":{\"content\":null}}]} | PROVIDER_FAILED | openai answered without a text",
                "200 | junk | PROVIDER_FAILED | openai answered 200 with something that is not JSON"
            })
    void whatFailsSaysWhoseFaultItIs(int status, String body, ErrorCategory category, String message) {
        openAi.answers(asked -> Told.json(status, body));

        assertThatThrownBy(() -> chat("key").answer("Be kind", "Hello"))
                .isInstanceOfSatisfying(PatchbayException.class, e -> {
                    assertThat(e.category()).isEqualTo(category);
                    assertThat(e.getMessage()).startsWith(message);
                });
    }

    @Test
    void whatIsNotConfiguredIsNamed() {
        assertThatThrownBy(() -> chat(null).answer("Be kind", "Hello"))
                .isInstanceOfSatisfying(
                        PatchbayException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.UNAVAILABLE))
                .hasMessageContaining("OPENAI_API_KEY")
                .hasMessageContaining("OPENAI_BASE_URL");
        assertThat(openAi.asked()).isEmpty();
    }

    private OpenAiChat chat(@Nullable String key) {
        OpenAiProperties properties =
                new OpenAiProperties(key, java.net.URI.create(openAi.origin() + "/v1"), "some-model");
        return new OpenAiChat(
                properties,
                new ProviderClients(vertx)
                        .of("openai", properties.apiBaseUrl(), Map.of("Authorization", "Bearer " + key)));
    }
}
