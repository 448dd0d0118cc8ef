package dev.patchbay.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Plays a chat with an incoming webhook, as Slack's: keeps what was posted last. */
public final class SandboxChat {

    private static final int MOST_KEPT = 50;

    private final Deque<String> texts = new ArrayDeque<>();

    /** @param body {@code {"text": ...}} */
    public synchronized SandboxReply post(@Nullable String body) {
        Object text;
        try {
            text = new JsonObject(body == null ? "" : body).getValue("text");
        } catch (DecodeException notJson) {
            return answer(400, "invalid_payload");
        }
        if (!(text instanceof String said) || said.isBlank()) {
            return answer(400, "no_text");
        }
        texts.addFirst(said);
        if (texts.size() > MOST_KEPT) {
            texts.removeLast();
        }
        return answer(200, "ok");
    }

    /** {@code {messages: [{text}]}}, newest first. */
    public synchronized JsonObject list() {
        JsonArray messages = new JsonArray();
        texts.forEach(text -> messages.add(new JsonObject().put("text", text)));
        return new JsonObject().put("messages", messages);
    }

    private static SandboxReply answer(int status, String text) {
        return new SandboxReply(status, "text/plain", Buffer.buffer(text));
    }
}
