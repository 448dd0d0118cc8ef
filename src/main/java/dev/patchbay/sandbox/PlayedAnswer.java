package dev.patchbay.sandbox;

import io.vertx.core.json.JsonObject;

/**
 * What a provider that is played answers, for routes to send.
 *
 * @param status HTTP status
 * @param body JSON
 */
public record PlayedAnswer(int status, String body) {

    static PlayedAnswer of(int status, JsonObject body) {
        return new PlayedAnswer(status, body.encode());
    }
}
