package dev.patchbay.sandbox.caller;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.provider.twilio.TwilioSignature;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The form posts of one call, signed with the account's token (contract 2.1, 2.2 and 2.7). */
final class TwilioWebhooks {
    private static final long TIMEOUT_MILLIS = 15_000;
    private static final Set<String> TWIML_TYPES = Set.of("text/xml", "application/xml", "text/html");

    private final HttpClient client;
    private final CallRequest call;
    private final String callSid;
    private final TwilioSignature signature;

    TwilioWebhooks(HttpClient client, CallRequest call, String callSid) {
        this.client = client;
        this.call = call;
        this.callSid = callSid;
        this.signature = new TwilioSignature(call.authToken());
    }

    /** Asks what to do with the call; fails with a {@link TwimlException} when there is no TwiML in the answer. */
    Future<TwimlScript> voice(URI url, String callStatus, Map<String, String> more) {
        Map<String, String> fields = fields(callStatus);
        fields.putAll(more);
        fields.putAll(call.extraFields());
        return post(url, fields).compose(TwilioWebhooks::script);
    }

    /** Reports an event; fails with a {@link TwimlException} unless the answer is 2xx. */
    Future<Void> event(URI url, String callStatus, Map<String, String> more) {
        Map<String, String> fields = fields(callStatus);
        fields.putAll(more);
        return post(url, fields).mapEmpty();
    }

    /** Reports an event of a conference, which need not be about the call; fails as {@link #event}. */
    Future<Void> conferenceEvent(URI url, Map<String, String> form) {
        Map<String, String> fields = new LinkedHashMap<>(form);
        fields.put("AccountSid", call.accountSid());
        return post(url, fields).mapEmpty();
    }

    /** Reports what happens to something that belongs to the call, such as a recording; fails as {@link #event}. */
    Future<Void> report(URI url, Map<String, String> form) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("CallSid", callSid);
        fields.put("AccountSid", call.accountSid());
        fields.putAll(form);
        return post(url, fields).mapEmpty();
    }

    /**
     * Fetches what a {@code <Play>} names; fails with a {@link TwimlException} unless it is audio.
     *
     * @return its size in bytes
     */
    Future<Integer> sound(URI url) {
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(url.toString())
                        .setTimeout(TIMEOUT_MILLIS)
                        .putHeader("User-Agent", "TwilioProxy/1.1"))
                .compose(request -> request.send())
                .compose(answer -> answer.body().map(body -> new Answer(answer, body)))
                .recover(fault -> Future.failedFuture(new TwimlException(11205, "no answer: " + fault.getMessage())))
                .compose(answer -> {
                    if (!answer.isSuccess()) {
                        return Future.failedFuture(new TwimlException(11200, "answered HTTP " + answer.status()));
                    }
                    return answer.type().startsWith("audio/")
                            ? Future.succeededFuture(answer.body().length())
                            : Future.failedFuture(new TwimlException(12300, "content type is " + answer.type()));
                });
    }

    /** The signature of a WebSocket upgrade. */
    String sign(String streamUrl) {
        return signature.signUrl(streamUrl);
    }

    /**
     * An absolute URL on this machine, from one in a TwiML document.
     *
     * @param document where the TwiML came from; itself, when the given URL is empty
     */
    static URI resolve(URI document, String given) {
        try {
            return Loopback.require(given.isEmpty() ? document : document.resolve(given));
        } catch (IllegalArgumentException e) {
            throw new TwimlException(11100, "invalid URL: " + e.getMessage());
        }
    }

    private Map<String, String> fields(String callStatus) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("CallSid", callSid);
        fields.put("AccountSid", call.accountSid());
        fields.put("From", call.from());
        fields.put("To", call.to());
        fields.put("Caller", call.from());
        fields.put("Called", call.to());
        fields.put("CallStatus", callStatus);
        fields.put("ApiVersion", "2010-04-01");
        fields.put("Direction", call.outbound() == null ? "inbound" : "outbound-api");
        return fields;
    }

    private Future<Answer> post(URI url, Map<String, String> fields) {
        if (!Loopback.isHere(url)) {
            return Future.failedFuture(new TwimlException(11200, "the sandbox does not leave this machine"));
        }
        String target = (url.getRawPath().isEmpty() ? "/" : url.getRawPath())
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        String signed = url.toString().replaceFirst("#.*", "");
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(url.getHost())
                .setPort(url.getPort() < 0 ? 80 : url.getPort())
                .setURI(target)
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .putHeader("User-Agent", "TwilioProxy/1.1")
                .putHeader("I-Twilio-Idempotency-Token", UUID.randomUUID().toString())
                .putHeader(
                        "X-Twilio-Signature",
                        signature.signForm(signed, Map.copyOf(fields).entrySet()));
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(form(fields))))
                .compose(answer -> answer.body().map(body -> new Answer(answer, body)))
                .recover(fault -> Future.failedFuture(new TwimlException(11205, "no answer: " + fault.getMessage())))
                .compose(answer -> answer.isSuccess()
                        ? Future.succeededFuture(answer)
                        : Future.failedFuture(new TwimlException(11200, "answered HTTP " + answer.status())));
    }

    private static Future<TwimlScript> script(Answer answer) {
        if (!TWIML_TYPES.contains(answer.type())) {
            return Future.failedFuture(new TwimlException(12300, "content type is " + answer.type()));
        }
        try {
            return Future.succeededFuture(TwimlScript.parse(answer.body().getBytes()));
        } catch (TwimlException e) {
            return Future.failedFuture(e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private record Answer(HttpClientResponse response, Buffer body) {
        int status() {
            return response.statusCode();
        }

        boolean isSuccess() {
            return status() / 100 == 2;
        }

        String type() {
            String type = response.getHeader("Content-Type");
            return type == null ? "none" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        }
    }
}
