package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.Deadline;
import dev.patchbay.store.IdempotencyStore;
import dev.patchbay.store.IdempotencyStore.Answer;
import dev.patchbay.store.IdempotencyStore.Claim;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Carries a request with an {@code Idempotency-Key} out once. It is claimed in the store first; who sends it again gets
 * the same answer, waits while the first one runs, and is told when nobody knows how that ended.
 */
public final class Idempotency {

    private static final String LOCATION = "Location";
    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final Duration RESERVE = Duration.ofMillis(500);
    /** After these something may have been done: the answer stands. After other errors nothing was, and it may be tried again. */
    private static final Set<Integer> STANDING_ERRORS = Set.of(500, 502, 504);

    private final IdempotencyStore requests;

    public Idempotency(IdempotencyStore requests) {
        this.requests = requests;
    }

    /** @param route leaves no exception in the exchange: an error is an answer already */
    void process(IdempotentRequest request, Exchange exchange, Processor route) throws Exception {
        Claim claim = claim(request);
        switch (claim.state()) {
            case CLAIMED -> carryOut(request, exchange, route);
            case DONE -> repeat(Objects.requireNonNull(claim.answer(), "answer"), exchange.getMessage());
            case OTHER_REQUEST ->
                throw conflict(ErrorCategory.UNPROCESSABLE, "was used for another request: take a new one", null);
            case RUNNING ->
                throw conflict(
                        ErrorCategory.CONFLICT, "belongs to a request that is still running", Duration.ofSeconds(5));
            case UNKNOWN ->
                throw conflict(
                        ErrorCategory.CONFLICT,
                        "belongs to a request that was never answered: its outcome is unknown",
                        null);
        }
    }

    private Claim claim(IdempotentRequest request) throws InterruptedException {
        while (true) {
            Claim claim = requests.claim(request.id(), request.fingerprint());
            boolean waiting = claim.state() == IdempotencyStore.State.RUNNING
                    && Deadline.leftOr(Duration.ZERO).compareTo(RESERVE) > 0;
            if (!waiting) {
                return claim;
            }
            TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
        }
    }

    private void carryOut(IdempotentRequest request, Exchange exchange, Processor route) throws Exception {
        route.process(exchange);
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        if (status >= 400 && !STANDING_ERRORS.contains(status)) {
            requests.release(request.id());
            return;
        }
        byte[] body = message.getBody() == null ? new byte[0] : message.getMandatoryBody(byte[].class);
        message.setBody(body);
        requests.complete(
                request.id(),
                new Answer(
                        status,
                        message.getHeader(Exchange.CONTENT_TYPE, String.class),
                        message.getHeader(LOCATION, String.class),
                        body));
    }

    private static void repeat(Answer answer, Message message) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        if (answer.contentType() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
        }
        if (answer.location() != null) {
            message.setHeader(LOCATION, answer.location());
        }
        message.setBody(answer.body());
    }

    private static PatchbayException conflict(ErrorCategory category, String what, @Nullable Duration retryAfter) {
        return new PatchbayException(category, null, "This " + IdempotentRequest.HEADER + " " + what, null, retryAfter);
    }
}
