package dev.patchbay.provider.twilio;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.http.BodyStream;
import dev.patchbay.http.ProblemResponse;
import dev.patchbay.http.PublicOrigin;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells Twilio's requests from anybody else's, by their signature over the raw request and the public URL that Twilio
 * knows (CONTRACTS 2.7). The others are answered with 403.
 */
public final class TwilioRequests {

    static final String REFUSAL = "X-Twilio-Signature is missing or wrong";

    private static final String SIGNATURE = "X-Twilio-Signature";

    private final @Nullable TwilioSignature signature;
    private final boolean validate;
    private final PublicOrigin origin;

    /** @param signature null when Twilio is not configured: then nothing is Twilio's */
    public TwilioRequests(@Nullable TwilioSignature signature, boolean validate, PublicOrigin origin) {
        this.signature = signature;
        this.validate = validate;
        this.origin = origin;
    }

    /** True for a request that Twilio signed; another one has been answered. */
    public boolean admits(RoutingContext request) {
        boolean signed = isSigned(request);
        if (!signed) {
            refuse(request);
        }
        return signed;
    }

    static void refuse(RoutingContext request) {
        ProblemResponse.send(request, Problem.of(ErrorCategory.FORBIDDEN, REFUSAL));
    }

    /** Whose signature and which origin count unless somebody says otherwise. */
    @Nullable
    TwilioSignature signature() {
        return signature;
    }

    PublicOrigin origin() {
        return origin;
    }

    /** Whether a request to become a media socket is Twilio's: signed over the wss URL. */
    boolean isSignedUpgrade(HttpServerRequest request) {
        return !validate
                || (signature != null
                        && signature.verifyWebSocket(origin.webSocketUrl(request.uri()), request.getHeader(SIGNATURE)));
    }

    private boolean isSigned(RoutingContext context) {
        return isSigned(context, signature, origin);
    }

    /**
     * Whether a request was signed by an account of Twilio's for an origin.
     *
     * @param by the account's signature; null when there is none
     * @param at where Twilio was told to send the request
     */
    boolean isSigned(RoutingContext context, @Nullable TwilioSignature by, PublicOrigin at) {
        if (!validate) {
            return true;
        }
        // Of a body that is read while it comes nothing is known yet.
        if (by == null || BodyStream.of(context) != null) {
            return false;
        }
        HttpServerRequest request = context.request();
        String given = request.getHeader(SIGNATURE);
        String url = at.url(request.uri());
        String contentType = request.getHeader("Content-Type");
        Buffer body = context.body() == null ? null : context.body().buffer();
        if (HttpMethod.GET.equals(request.method()) || body == null || body.length() == 0) {
            return by.verifyGet(url, given);
        }
        if (contentType != null && contentType.startsWith("application/json")) {
            return by.verifyJson(url, body.getBytes(), given);
        }
        return by.verifyForm(url, fields(body.toString(StandardCharsets.UTF_8)), given);
    }

    private static List<Map.Entry<String, String>> fields(String encoded) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false, 1000)
                .parameters()
                .forEach((name, values) -> values.forEach(value -> fields.add(Map.entry(name, value))));
        return fields;
    }
}
