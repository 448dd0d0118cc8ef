package dev.patchbay.provider.twilio;

import com.twilio.http.TwilioRestClient;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.twilio.TwilioComponent;
import org.apache.camel.component.twilio.TwilioConfiguration;
import org.apache.camel.component.twilio.TwilioEndpoint;
import org.apache.camel.component.twilio.TwilioProducer;
import org.apache.camel.component.twilio.internal.TwilioApiName;
import org.apache.camel.support.component.ApiMethod;

/**
 * camel-twilio, asking on the thread of the request. The original hands every question to a pool of ten threads, one for
 * all routes of the JVM: there nobody knows the request's {@link dev.patchbay.http.Deadline}, and the eleventh waits, so that
 * a call may be placed long after its caller was told that it timed out.
 */
final class DirectTwilioComponent extends TwilioComponent {

    DirectTwilioComponent(TwilioRestClient client) {
        setRestClient(client);
    }

    @Override
    protected Endpoint createEndpoint(
            String uri, String methodName, TwilioApiName apiName, TwilioConfiguration configuration) {
        configuration.setApiName(apiName);
        configuration.setMethodName(methodName);
        return new DirectEndpoint(uri, this, apiName, methodName, configuration);
    }

    private static final class DirectEndpoint extends TwilioEndpoint {

        DirectEndpoint(
                String uri,
                TwilioComponent component,
                TwilioApiName apiName,
                String methodName,
                TwilioConfiguration configuration) {
            super(uri, component, apiName, methodName, configuration);
        }

        @Override
        public Producer createProducer() {
            return new DirectProducer(this);
        }
    }

    private static final class DirectProducer extends TwilioProducer {

        DirectProducer(DirectEndpoint endpoint) {
            super(endpoint);
        }

        /** As the original does it, but for the thread. */
        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                Map<String, Object> properties = new HashMap<>(endpoint.getConfigurationProperties());
                properties.putAll(endpoint.getEndpointProperties());
                propertiesHelper.getExchangeProperties(exchange, properties);
                endpoint.interceptProperties(properties);
                interceptProperties(properties);
                ApiMethod method = findMethod(exchange, properties);
                if (method != null) { // else the exchange has an exception
                    Object result = doInvokeMethod(method, properties);
                    exchange.getMessage().setBody(result);
                    interceptResult(result, exchange);
                }
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
            callback.done(true);
            return true;
        }
    }
}
