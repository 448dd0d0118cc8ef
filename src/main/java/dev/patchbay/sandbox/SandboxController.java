package dev.patchbay.sandbox;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.error.Problem;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.SandboxCaller;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.multipart.MultipartFile;

/**
 * Simulated calls on the operations plane. {@code POST /sandbox/calls} places one and answers when it is over, with
 * its report and the URL of its recording; fields as in {@link CallOrder}, as JSON, as a multipart form with a file
 * {@code audio}, or as a query beside an {@code audio/wav} body. Errors are problem JSON.
 */
@RestController
@RequestMapping("/sandbox/calls")
@Profile("sandbox")
final class SandboxController {
    private static final Duration LONGEST_CALL = Duration.ofMinutes(5);

    private final SandboxCaller caller;
    private final SandboxAddress address;
    private final TwilioProperties twilio;
    private final RecentCalls recent;

    SandboxController(SandboxCaller caller, SandboxAddress address, TwilioProperties twilio, RecentCalls recent) {
        this.caller = caller;
        this.address = address;
        this.twilio = twilio;
        this.recent = recent;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    DeferredResult<ResponseEntity<String>> call(@RequestBody String body, HttpServletRequest request) {
        JsonObject order;
        try {
            order = new JsonObject(body);
        } catch (DecodeException e) {
            throw CallOrder.invalid("body", "is not a JSON object");
        }
        return place(CallOrder.read(order), request);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    DeferredResult<ResponseEntity<String>> call(
            @RequestParam Map<String, String> fields,
            @RequestParam(required = false) @Nullable MultipartFile audio,
            HttpServletRequest request)
            throws IOException {
        JsonObject order = json(fields);
        return place(audio == null ? CallOrder.read(order) : CallOrder.read(order, audio.getBytes()), request);
    }

    @PostMapping(consumes = {"audio/wav", "audio/x-wav", "audio/wave"})
    DeferredResult<ResponseEntity<String>> call(
            @RequestParam Map<String, String> fields, @RequestBody byte[] audio, HttpServletRequest request) {
        return place(CallOrder.read(json(fields), audio), request);
    }

    @GetMapping
    ResponseEntity<String> list(HttpServletRequest request) {
        JsonArray calls = new JsonArray();
        recent.list().forEach(report -> calls.add(json(report, request)));
        return answer(new JsonObject().put("calls", calls).putNull("next_cursor"));
    }

    @GetMapping(path = "/{callSid}/recording.wav")
    ResponseEntity<byte[]> recording(@PathVariable String callSid) {
        CallReport report = recent.find(callSid)
                .orElseThrow(() -> new PatchbayException(
                        ErrorCategory.NOT_FOUND, null, "The recordings of the last 20 calls are kept; not this one"));
        return ResponseEntity.ok().contentType(MediaType.valueOf("audio/wav")).body(report.stereoWav());
    }

    @ExceptionHandler(PatchbayException.class)
    ResponseEntity<String> problem(PatchbayException fault) {
        Problem problem = Problem.of(fault);
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.toJson());
    }

    private DeferredResult<ResponseEntity<String>> place(CallOrder order, HttpServletRequest request) {
        URI gateway = address.gateway();
        DeferredResult<ResponseEntity<String>> answer = new DeferredResult<>(LONGEST_CALL.toMillis());
        // The request is recycled as soon as this method returns.
        String base = base(request);
        caller.call(order.request(gateway, accountSid(twilio), authToken(twilio)))
                .onSuccess(report -> {
                    recent.add(report);
                    answer.setResult(answer(json(report, base)));
                })
                .onFailure(answer::setErrorResult);
        return answer;
    }

    static String accountSid(TwilioProperties twilio) {
        return configured("TWILIO_ACCOUNT_SID", twilio.accountSid());
    }

    static String authToken(TwilioProperties twilio) {
        return configured("TWILIO_AUTH_TOKEN", twilio.authToken());
    }

    private static String configured(String variable, @Nullable String value) {
        if (value == null) {
            throw new PatchbayException(ErrorCategory.UNAVAILABLE, null, "Twilio not configured. Set " + variable);
        }
        return value;
    }

    private static JsonObject json(Map<String, String> fields) {
        JsonObject order = new JsonObject();
        fields.forEach(order::put);
        return order;
    }

    private static JsonObject json(CallReport report, HttpServletRequest request) {
        return json(report, base(request));
    }

    private static JsonObject json(CallReport report, String base) {
        return report.toJson().put("recording", base + "/sandbox/calls/" + report.callSid() + "/recording.wav");
    }

    private static String base(HttpServletRequest request) {
        return request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort();
    }

    private static ResponseEntity<String> answer(JsonObject json) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.encode());
    }
}
