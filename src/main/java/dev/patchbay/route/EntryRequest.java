package dev.patchbay.route;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.apache.camel.Exchange;

/** The request that an exchange began with, as it came: for checks of what a route does not see, such as a signature. */
public final class EntryRequest {

    /** Kept beside the message, where nothing that comes from outside ends up. */
    static final String PROPERTY = "patchbay.request";

    private EntryRequest() {}

    /** Empty when the exchange began with something else: a timer, an event, a live call. */
    public static Optional<RoutingContext> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPERTY, RoutingContext.class));
    }
}
