package dev.patchbay.route;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * The headers that an answer may carry. Everything else in a message stays inside: a query parameter named {@code
 * Set-Cookie} must not come back as a cookie.
 */
final class ResponseHeaders implements HeaderFilterStrategy {

    private static final Set<String> MAY_LEAVE = Set.of(
            "content-type",
            "location",
            "retry-after",
            "cache-control",
            "etag",
            "last-modified",
            "content-disposition",
            "content-range",
            "accept-ranges",
            "www-authenticate");

    static boolean mayNotLeave(String name) {
        return !MAY_LEAVE.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return mayNotLeave(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
