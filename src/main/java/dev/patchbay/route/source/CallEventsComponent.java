package dev.patchbay.route.source;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Routes that begin with what happens to calls: {@code call-events:agent-lost,call-completed}. */
@Component("call-events")
public final class CallEventsComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        CallEventsEndpoint endpoint = new CallEventsEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
