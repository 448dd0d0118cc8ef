package dev.patchbay.route;

import dev.patchbay.route.check.RouteBeans;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** What routes find in the running gateway: Spring's beans and settings, and whether a provider is on. */
public final class GatewayBeans {

    private static final Pattern PROVIDER_SWITCH = Pattern.compile("patchbay\\.provider\\.[a-z0-9-]+\\.enabled");

    private GatewayBeans() {}

    public static RouteBeans of(ApplicationContext beans) {
        return new RouteBeans(
                new ApplicationContextBeanRepository(beans),
                key -> beans.getBeanProvider(ProviderSwitch.class).stream()
                        .filter(provider -> provider.key().equals(key))
                        .map(provider -> String.valueOf(provider.on()))
                        .findFirst()
                        .orElseGet(() -> setting(beans, key)),
                () -> {
                    Set<String> names = new TreeSet<>(Set.of(beans.getBeanDefinitionNames()));
                    names.removeIf(name -> name.contains(".")); // Spring's own, which nobody writes into a route.
                    names.add("twimlTemplates");
                    return names;
                });
    }

    /** A provider that nobody has made a switch for needs nothing but its folder of routes: it is on unless told otherwise. */
    private static @Nullable String setting(ApplicationContext beans, String key) {
        String given = beans.getEnvironment().getProperty(key);
        return given == null && PROVIDER_SWITCH.matcher(key).matches() ? "true" : given;
    }
}
