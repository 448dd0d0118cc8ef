package dev.patchbay.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.provider.twilio.TwilioSignature;
import dev.patchbay.sandbox.caller.Loopback;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Twilio posts that belongs to no simulated call: signed forms, to this machine only. */
final class SandboxEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxEvents.class);

    private final HttpClient http;
    private final String accountSid;
    private final TwilioSignature signature;

    SandboxEvents(Vertx vertx, TwilioProperties account) {
        this.http = vertx.createHttpClient(new HttpClientOptions());
        this.accountSid = SandboxController.accountSid(account);
        this.signature = new TwilioSignature(SandboxController.authToken(account));
    }

    /** A message on its way: sent, delivered. */
    void deliver(URI callback, JsonObject message, Consumer<String> status) {
        step(callback, message, status, "sent")
                .compose(done -> step(callback, message, status, "delivered"))
                .onFailure(fault -> LOG.info("A message event of the sandbox was not taken: {}", fault.getMessage()));
    }

    private Future<Integer> step(URI callback, JsonObject message, Consumer<String> status, String now) {
        status.accept(now);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", message.getString("sid"));
        form.put("SmsSid", message.getString("sid"));
        form.put("MessageStatus", now);
        form.put("SmsStatus", now);
        form.put("From", message.getString("from"));
        form.put("To", message.getString("to"));
        form.put("ApiVersion", "2010-04-01");
        return post(callback, form);
    }

    /** Posts an event that nobody waits for. */
    void report(URI url, Map<String, String> form) {
        post(url, form).onFailure(fault -> LOG.info("An event of the sandbox was not taken: {}", fault.getMessage()));
    }

    /** The HTTP status of the answer. */
    private Future<Integer> post(URI url, Map<String, String> form) {
        return send(url, form).map(HttpClientResponse::statusCode);
    }

    /** The answer to what Twilio asks; fails unless it is 200. */
    Future<Buffer> ask(URI url, Map<String, String> form) {
        return send(url, form)
                .compose(answer -> answer.statusCode() == 200
                        ? answer.body()
                        : Future.failedFuture("The gateway answered HTTP " + answer.statusCode()));
    }

    private Future<HttpClientResponse> send(URI url, Map<String, String> form) {
        form.put("AccountSid", accountSid);
        String body = form.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return http.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(Loopback.require(url).toString())
                        .setTimeout(15_000)
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .putHeader("X-Twilio-Signature", signature.signForm(url.toString(), form.entrySet())))
                .compose(request -> request.send(Buffer.buffer(body)));
    }
}
