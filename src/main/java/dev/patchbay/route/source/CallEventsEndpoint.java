package dev.patchbay.route.source;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Events of calls, by their types. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "call-events",
        title = "Call Events",
        syntax = "call-events:types",
        consumerOnly = true,
        category = {Category.MONITORING})
public final class CallEventsEndpoint extends DefaultEndpoint {

    private static final Pattern TYPE = Pattern.compile("[a-z0-9-]*\\*?");

    @UriPath(description = "Types of events, separated by commas; * at the end of one stands for any end")
    @Metadata(required = true)
    private String types;

    @UriParam(defaultValue = "1000", description = "How many events may wait for the route; what comes then is dropped")
    private int queueSize = 1000;

    private final List<String> wanted;

    CallEventsEndpoint(String uri, CallEventsComponent component, String types) {
        super(uri, component);
        this.types = types;
        wanted = Stream.of(types.split(",")).map(String::trim).toList();
        wanted.forEach(type -> {
            if (type.isEmpty() || !TYPE.matcher(type).matches()) {
                throw new IllegalArgumentException(
                        "'" + type + "' is no type of event: such as agent-lost, call-*, or * for all");
            }
        });
    }

    boolean wants(String type) {
        for (String each : wanted) {
            if (each.endsWith("*") ? type.startsWith(each.substring(0, each.length() - 1)) : type.equals(each)) {
                return true;
            }
        }
        return false;
    }

    public String getTypes() {
        return types;
    }

    public void setTypes(String types) {
        this.types = types;
    }

    public int getQueueSize() {
        return queueSize;
    }

    public void setQueueSize(int queueSize) {
        if (queueSize < 1) {
            throw new IllegalArgumentException("queueSize must be above zero");
        }
        this.queueSize = queueSize;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("Events of calls are made by calls");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        CallEventsConsumer consumer = new CallEventsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }
}
