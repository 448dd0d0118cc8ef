package dev.patchbay.route;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * How a kamelet takes what one of our routes answers: the body, and nothing else. In YAML: {@code enrich: {aggregationStrategy:
 * bodyOnly}}. By itself Camel's enrich runs the other route on a copy too, but brings its headers and variables back, so
 * that the variable {@code agent} of whoever uses the kamelet would become the other route's.
 */
@Component("bodyOnly")
public final class BodyOnly implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange mine, Exchange answered) {
        mine.getMessage().setBody(answered.getMessage().getBody());
        return mine;
    }
}
