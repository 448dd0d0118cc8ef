package dev.patchbay.provider.openai;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.provider.ProviderAnswer;
import dev.patchbay.provider.ProviderClient;
import dev.patchbay.provider.ProviderRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One turn with a language model by chat completions (CONTRACTS 7); for routes, bean {@code openAiChat}. Blocks. */
public final class OpenAiChat {

    /** Codes by which the model's server refuses the message itself; every other refusal is about how we are set up. */
    private static final Set<String> CALLERS_FAULT =
            Set.of("context_length_exceeded", "content_filter", "content_policy_violation", "string_above_max_length");

    private final OpenAiProperties properties;
    private final ProviderClient client;

    public OpenAiChat(OpenAiProperties properties, ProviderClient client) {
        this.properties = properties;
        this.client = client;
    }

    /** @throws PatchbayException unavailable, naming the variable that is missing */
    public void requireConfigured() {
        if (properties.apiKey() == null) {
            throw new PatchbayException(
                    ErrorCategory.UNAVAILABLE,
                    "openai",
                    "OpenAI not configured. Set OPENAI_API_KEY, and OPENAI_BASE_URL for another server that speaks its API");
        }
    }

    /**
     * The model's answer.
     *
     * @param prompt what it is told about its task
     * @param message what the user says
     * @throws PatchbayException invalid request, when the message will not do; provider failed, when it is about the
     *     account or what came is no answer; and what {@link ProviderClient#send} throws
     */
    public String answer(String prompt, String message) {
        requireConfigured();
        ProviderAnswer answer = client.send(ProviderRequest.create(
                "/chat/completions",
                new JsonObject()
                        .put("model", properties.chatModel())
                        .put(
                                "messages",
                                new JsonArray().add(says("system", prompt)).add(says("user", message)))));
        if (!answer.isSuccess()) {
            boolean callers = CALLERS_FAULT.contains(code(answer));
            throw new PatchbayException(
                    callers ? ErrorCategory.INVALID_REQUEST : ErrorCategory.PROVIDER_FAILED,
                    "openai",
                    (callers ? "message: " : "") + answer.reason());
        }
        String text = text(answer);
        if (text == null || text.isBlank()) {
            throw new PatchbayException(ErrorCategory.PROVIDER_FAILED, "openai", "openai answered without a text");
        }
        return text.strip();
    }

    private static JsonObject says(String role, String content) {
        return new JsonObject().put("role", role).put("content", content);
    }

    private static String code(ProviderAnswer answer) {
        return answer.json().getValue("error") instanceof JsonObject error
                ? String.valueOf(error.getValue("code"))
                : "";
    }

    private static @Nullable String text(ProviderAnswer answer) {
        if (answer.json().getValue("choices") instanceof JsonArray choices
                && !choices.isEmpty()
                && choices.getValue(0) instanceof JsonObject choice
                && choice.getValue("message") instanceof JsonObject message
                && message.getValue("content") instanceof String content) {
            return content;
        }
        return null;
    }
}
