package dev.patchbay.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** What a played provider answers. */
public record SandboxReply(int status, String contentType, Buffer body) {

    static SandboxReply json(int status, JsonObject body) {
        return new SandboxReply(status, "application/json", body.toBuffer());
    }
}
