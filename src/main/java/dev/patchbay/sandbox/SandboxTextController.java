package dev.patchbay.sandbox;

import dev.patchbay.error.PatchbayException;
import dev.patchbay.error.Problem;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * A simulated phone on the operations plane: {@code POST /sandbox/messages {from, to, body}} writes a text message to one
 * of our numbers and answers with what came back, {@code {sid, replies}}. Errors are problem JSON.
 */
@RestController
@Profile("sandbox")
final class SandboxTextController {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SandboxTexts texts;

    SandboxTextController(SandboxTexts texts) {
        this.texts = texts;
    }

    @PostMapping(path = "/sandbox/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    DeferredResult<ResponseEntity<String>> write(@RequestBody String body) {
        JsonObject order;
        try {
            order = new JsonObject(body);
        } catch (DecodeException e) {
            throw CallOrder.invalid("body", "is not a JSON object");
        }
        DeferredResult<ResponseEntity<String>> answer = new DeferredResult<>(PATIENCE.toMillis());
        texts.write(text(order, "from"), text(order, "to"), text(order, "body"))
                .onSuccess(done -> answer.setResult(ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(done.encode())))
                .onFailure(answer::setErrorResult);
        return answer;
    }

    @ExceptionHandler(PatchbayException.class)
    ResponseEntity<String> problem(PatchbayException fault) {
        Problem problem = Problem.of(fault);
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.toJson());
    }

    private static String text(JsonObject order, String field) {
        if (order.getValue(field) instanceof String given && !given.isBlank()) {
            return given;
        }
        throw CallOrder.invalid(field, "is missing");
    }
}
