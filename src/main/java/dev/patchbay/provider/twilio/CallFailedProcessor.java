package dev.patchbay.provider.twilio;

import dev.patchbay.call.Call;
import dev.patchbay.error.Problem;
import dev.patchbay.route.AbsentRoutes;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes down why a voice webhook failed: log, event and record. In YAML: {@code process: {ref: callFailed}}. */
@Component("callFailed")
public final class CallFailedProcessor implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(CallFailedProcessor.class);

    private final TwilioCalls calls;

    public CallFailedProcessor(TwilioCalls calls) {
        this.calls = calls;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Call call = exchange.getVariable("call", Call.class);
        String id = call == null ? "unknown" : call.id();
        Throwable explained = AbsentRoutes.explained(exchange, failure);
        Problem problem = Problem.of(explained);
        if (problem.status() != 500) { // understood: nobody needs to be told where it was thrown
            LOG.error("Call {}: {} failed: {}", id, exchange.getFromRouteId(), problem.detail());
        } else {
            LOG.error("Call {}: {} failed", id, exchange.getFromRouteId(), failure);
        }
        calls.failed(call, explained);
    }
}
