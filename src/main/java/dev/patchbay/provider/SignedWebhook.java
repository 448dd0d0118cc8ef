package dev.patchbay.provider;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import dev.patchbay.http.Access;
import dev.patchbay.http.ProblemResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;

/**
 * A provider's webhook, let in only when the provider signed it: checked over the raw body, on the event loop, before a
 * route runs. Others are answered with 403.
 */
public final class SignedWebhook {

    /** Providers give up after about 10 s and try again. */
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    /** How a provider signs. */
    @FunctionalInterface
    public interface Check {

        /** Whether these bytes are the provider's, and as fresh as it promises. */
        boolean isSigned(HttpServerRequest request, byte[] body, Instant now);
    }

    private SignedWebhook() {}

    /**
     * The rule of an entry.
     *
     * @param refusal what the others are told: the header that is missing or wrong, or the variable that is not set
     */
    public static Access access(String refusal, Check check) {
        return new Access(request -> admits(request, refusal, check), DEADLINE, ProblemResponse::send);
    }

    private static boolean admits(RoutingContext context, String refusal, Check check) {
        if (LongWebhook.isGenuine(context)) {
            return true;
        }
        Buffer body = context.body() == null ? null : context.body().buffer();
        boolean signed = check.isSigned(context.request(), body == null ? new byte[0] : body.getBytes(), Instant.now());
        if (!signed) {
            ProblemResponse.send(context, Problem.of(ErrorCategory.FORBIDDEN, refusal));
        }
        return signed;
    }
}
