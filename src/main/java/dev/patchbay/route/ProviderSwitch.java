package dev.patchbay.route;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a provider is on: its routes carry {@code precondition: "{{patchbay.provider.<name>.enabled}}"}.
 *
 * @param name the provider's name, as its folder has it
 * @param whenOff what is told to whoever needs the provider while it is off
 */
public record ProviderSwitch(String name, boolean on, String whenOff) {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderSwitch.class);

    public ProviderSwitch(String name, boolean on) {
        this(name, on, "Provider " + name + " is off");
    }

    /**
     * A provider that is on when nothing is missing. One that is off although somebody wants it is warned of.
     *
     * @param title for people
     * @param missing the variables without which it is off
     * @param wanted whether any other variable is set that only this provider reads
     */
    public static ProviderSwitch of(String name, String title, List<String> missing, boolean wanted) {
        String variables = String.join(", ", missing);
        if (!missing.isEmpty() && wanted) {
            LOG.warn("{} is off: {} is not set", title, variables);
        }
        return new ProviderSwitch(name, missing.isEmpty(), title + " not configured. Set " + variables);
    }

    /** The placeholder that routes ask for. */
    String key() {
        return "patchbay.provider." + name + ".enabled";
    }

    /** Whether this route is the provider's. */
    boolean owns(String routeId) {
        return routeId.startsWith(name + "-");
    }
}
