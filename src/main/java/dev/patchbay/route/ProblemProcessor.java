package dev.patchbay.route;

import dev.patchbay.error.Problem;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
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
        Problem problem = Problem.of(AbsentRoutes.explained(exchange, failed));
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
}
