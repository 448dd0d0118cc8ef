package dev.patchbay.sandbox;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays OpenAI's POST chat/completions: a model that repeats what it is told. */
public final class SandboxOpenAi {

    private final Clock clock;

    public SandboxOpenAi(Clock clock) {
        this.clock = clock;
    }

    /** @param body the request's JSON: {@code model} and {@code messages} */
    public SandboxReply complete(@Nullable String body) {
        JsonObject request;
        try {
            request = new JsonObject(body == null ? "" : body);
        } catch (DecodeException notJson) {
            return refused("We could not parse the JSON body of your request.");
        }
        Optional<String> said = lastUserMessage(request.getValue("messages"));
        if (!(request.getValue("model") instanceof String model)) {
            return refused("you must provide a model parameter");
        }
        if (said.isEmpty()) {
            return refused("Missing required parameter: 'messages'.");
        }
        String content = "You said: " + said.get();
        return SandboxReply.json(
                200,
                new JsonObject()
                        .put("id", "chatcmpl-sandbox")
                        .put("object", "chat.completion")
                        .put("created", clock.instant().getEpochSecond())
                        .put("model", model)
                        .put(
                                "choices",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("index", 0)
                                                .put(
                                                        "message",
                                                        new JsonObject()
                                                                .put("role", "assistant")
                                                                .put("content", content))
                                                .put("finish_reason", "stop"))));
    }

    private static Optional<String> lastUserMessage(@Nullable Object messages) {
        return messages instanceof JsonArray all
                ? all.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .filter(message -> "user".equals(message.getValue("role")))
                        .map(message -> String.valueOf(message.getValue("content")))
                        .reduce((first, second) -> second)
                : Optional.empty();
    }

    private static SandboxReply refused(String message) {
        return SandboxReply.json(
                400,
                new JsonObject()
                        .put(
                                "error",
                                new JsonObject()
                                        .put("message", message)
                                        .put("type", "invalid_request_error")
                                        .putNull("param")
                                        .putNull("code")));
    }
}
