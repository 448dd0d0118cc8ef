package dev.patchbay.route;

import dev.patchbay.http.Access;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Names, as a route's {@code routePolicy}, who may use its entry. An entry without one does not start, so that no webhook
 * is ever open by oversight.
 */
public final class AccessPolicy extends RoutePolicySupport {

    private final Access access;

    public AccessPolicy(Access access) {
        this.access = access;
    }

    /**
     * The rule of the route that begins at this endpoint.
     *
     * @throws IllegalStateException when the route names none
     */
    static Access of(Endpoint entry) {
        Route route = entry.getCamelContext().getRoutes().stream()
                .filter(each -> each.getEndpoint() == entry)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No route begins at " + entry.getEndpointUri()));
        return route.getRoutePolicyList().stream()
                .filter(AccessPolicy.class::isInstance)
                .map(policy -> ((AccessPolicy) policy).access)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Route " + route.getRouteId()
                        + " takes requests from outside but does not say who may call it: add routePolicy: api-key,"
                        + " twilio-signature or public"));
    }
}
