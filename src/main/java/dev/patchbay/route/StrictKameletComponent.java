package dev.patchbay.route;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.RouteTemplateHelper;

/**
 * Camel's kamelets, but a parameter that a kamelet does not have is an error when the route is built. Camel passes it over,
 * and with it whatever was misspelled, or stood behind an {@code &}: {@code text: Tom & Jerry} would say "Tom".
 */
public final class StrictKameletComponent extends KameletComponent {

    /** What Camel adds to the parameters of every kamelet. */
    private static final Set<String> CAMELS_OWN = Set.of(
            Kamelet.PARAM_TEMPLATE_ID,
            Kamelet.PARAM_ROUTE_ID,
            Kamelet.PARAM_UUID,
            Kamelet.PARAM_LOCATION,
            Kamelet.NO_ERROR_HANDLER,
            Kamelet.BRIDGE_ERROR_HANDLER,
            Kamelet.PARENT_ROUTE_ID,
            Kamelet.PARENT_PROCESSOR_ID);

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Endpoint endpoint = super.createEndpoint(uri, remaining, parameters);
        if (endpoint instanceof KameletEndpoint kamelet
                && !Kamelet.SOURCE_ID.equals(remaining)
                && !Kamelet.SINK_ID.equals(remaining)) {
            check(kamelet);
        }
        return endpoint;
    }

    private void check(KameletEndpoint kamelet) throws Exception {
        Set<String> unknown = new TreeSet<>(kamelet.getKameletProperties().keySet());
        unknown.removeAll(CAMELS_OWN);
        if (unknown.isEmpty()) {
            return;
        }
        String name = kamelet.getTemplateId();
        ModelCamelContext context = (ModelCamelContext) getCamelContext();
        if (context.getRouteTemplateDefinition(name) == null) {
            String location = kamelet.getLocation() == null ? getLocation() : kamelet.getLocation();
            RouteTemplateHelper.loadRouteTemplateFromLocation(
                    context, getRouteTemplateLoaderListener(), name, location);
        }
        RouteTemplateDefinition template = context.getRouteTemplateDefinition(name);
        if (template == null) {
            return; // Camel says so, when it makes the route.
        }
        Set<String> known = template.getTemplateParameters() == null
                ? Set.of()
                : template.getTemplateParameters().stream()
                        .map(RouteTemplateParameterDefinition::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Kamelet " + name + " has no parameter " + String.join(", ", unknown)
                    + ", only " + String.join(", ", known) + ". A value with & or + is written RAW(...)");
        }
    }
}
