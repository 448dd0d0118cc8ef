package dev.patchbay.route;

import dev.patchbay.route.check.RouteBeans;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.springframework.context.ApplicationContext;

/** What routes find in the running gateway: Spring's beans and settings, and whether a provider is on. */
public final class GatewayBeans {

    private GatewayBeans() {}

    public static RouteBeans of(ApplicationContext beans) {
        return new RouteBeans(
                new ApplicationContextBeanRepository(beans),
                key -> beans.getBeanProvider(ProviderSwitch.class).stream()
                        .filter(provider -> provider.key().equals(key))
                        .map(provider -> String.valueOf(provider.on()))
                        .findFirst()
                        .orElseGet(() -> beans.getEnvironment().getProperty(key)),
                () -> {
                    Set<String> names = new TreeSet<>(Set.of(beans.getBeanDefinitionNames()));
                    names.removeIf(name -> name.contains(".")); // Spring's own, which nobody writes into a route.
                    names.add("twimlTemplates");
                    return names;
                });
    }
}
