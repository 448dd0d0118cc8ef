package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Answers a failed exchange with problem JSON (RFC 9457). In YAML: {@code process: {ref: problem}}. */
@Component("problem")
public final class ProblemProcessor implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemProcessor.class);

    @Override
    public void process(Exchange exchange) {
        answer(exchange, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    static void answer(Exchange exchange, Throwable failed) {
        Problem problem = absent(failed).map(ProblemProcessor::notServed).orElseGet(() -> Problem.of(failed));
        if (problem.status() != 500) { // understood: Camel wraps what a step throws
            LOG.info("{} answered {}: {}", exchange.getFromRouteId(), problem.status(), problem.detail());
        } else {
            LOG.error("{} failed", exchange.getFromRouteId(), failed);
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        if (problem.retryAfter() != null) {
            message.setHeader("Retry-After", problem.retryAfter());
        }
        message.setBody(problem.toJson());
    }

    /** A provider's route is not there when the provider is off or lacks the operation. */
    private static Optional<DirectConsumerNotAvailableException> absent(Throwable failed) {
        return Optional.ofNullable(ObjectHelper.getException(DirectConsumerNotAvailableException.class, failed));
    }

    private static Problem notServed(DirectConsumerNotAvailableException absent) {
        String route = String.valueOf(absent.getMessage()).replaceFirst("(?s).*direct://([a-z0-9-]+).*", "$1");
        return Problem.of(
                ErrorCategory.NOT_SUPPORTED, "There is no route " + route + ": its provider is off or cannot do this");
    }
}
