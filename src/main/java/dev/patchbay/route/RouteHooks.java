package dev.patchbay.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.StreamHooks;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what happens in a live call into the YAML routes: a digit to {@code call-dtmf} (body: the digit), a tool call to
 * {@code tool-<name>} (body: its parameters). Both see the variables {@code callId}, {@code callSid}, {@code agent} and
 * {@code context}.
 */
public final class RouteHooks implements StreamHooks {

    private static final Logger LOG = LoggerFactory.getLogger(RouteHooks.class);
    private static final Pattern TOOL = Pattern.compile("[a-z0-9_-]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Routes routes;
    private final Executor worker;

    /** @param worker runs what blocks */
    public RouteHooks(Routes routes, Executor worker) {
        this.routes = routes;
        this.worker = worker;
    }

    @Override
    public void digit(AgentCall call, String digit) {
        worker.execute(() -> {
            try {
                failOf(routes.send("call-dtmf", prepared(call, digit)));
            } catch (Exception e) {
                LOG.warn("Call {}: route call-dtmf failed", call.callId(), e);
            }
        });
    }

    @Override
    public void tool(AgentCall call, String tool, Map<String, Object> parameters, ToolAnswer answer) {
        String route = "tool-" + tool;
        if (!TOOL.matcher(tool).matches() || !routes.has(route)) {
            answer.answer("There is no tool of this name", true);
            return;
        }
        worker.execute(() -> {
            try {
                Exchange done = failOf(routes.send(route, prepared(call, parameters)));
                answer.answer(text(done.getMessage().getBody()), false);
            } catch (Exception e) {
                LOG.warn("Call {}: route {} failed", call.callId(), route, e);
                answer.answer("The tool failed", true);
            }
        });
    }

    private static Processor prepared(AgentCall call, Object body) {
        return exchange -> {
            exchange.setVariable("callId", call.callId());
            exchange.setVariable("callSid", call.callSid());
            exchange.setVariable("agent", call.agent());
            exchange.setVariable("context", call.variables());
            exchange.getIn().setBody(body);
        };
    }

    private static Exchange failOf(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    private static String text(Object body) throws JsonProcessingException {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }
}
