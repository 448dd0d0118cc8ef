package dev.patchbay.route;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.util.ObjectHelper;

/** Routes that are not there: their provider is off, or lacks the operation. */
public final class AbsentRoutes {

    private static final Pattern ROUTE = Pattern.compile("direct://([a-z0-9-]+)");

    private AbsentRoutes() {}

    /**
     * A failure in words that somebody can act on: when a missing route is behind it, unavailable with what to set where
     * the provider is off, and else not supported. Any other failure stays what it is.
     */
    public static Throwable explained(Exchange exchange, Throwable failure) {
        var absent = ObjectHelper.getException(DirectConsumerNotAvailableException.class, failure);
        if (absent == null) {
            return failure;
        }
        Matcher named = ROUTE.matcher(String.valueOf(absent.getMessage()));
        String route = named.find() ? named.group(1) : "";
        return exchange.getContext().getRegistry().findByType(ProviderSwitch.class).stream()
                .filter(provider -> !provider.on() && provider.owns(route))
                .findFirst()
                .map(off -> new PatchbayException(ErrorCategory.UNAVAILABLE, off.name(), off.whenOff(), failure))
                .orElseGet(() -> new PatchbayException(
                        ErrorCategory.NOT_SUPPORTED,
                        null,
                        "There is no route " + route + ": the provider cannot do this",
                        failure));
    }
}
