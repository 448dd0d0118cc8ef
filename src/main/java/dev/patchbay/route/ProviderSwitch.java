package dev.patchbay.route;

/**
 * Whether a provider is on: its routes carry {@code precondition: "{{patchbay.provider.<name>.enabled}}"}.
 *
 * @param name the provider's name, as its folder has it
 */
public record ProviderSwitch(String name, boolean on) {

    /** The placeholder that routes ask for. */
    String key() {
        return "patchbay.provider." + name + ".enabled";
    }
}
