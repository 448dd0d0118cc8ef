package dev.patchbay.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Makes a blank environment variable, or a blank line of a {@code .env} file, the same as none, so that the default in
 * {@code application.yaml} holds. Without it {@code SERVER_PORT=} would win over the default and mean 8080, and
 * {@code TWILIO_PHONE_NUMBER=} would hide its alias.
 */
final class BlankVariables implements EnvironmentPostProcessor, Ordered {

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1; // the .env files are in by then
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        for (PropertySource<?> source : sources.stream().toList()) {
            if (source.getSource() instanceof Map<?, ?> values) {
                if (StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME.equals(source.getName())) {
                    sources.replace(
                            source.getName(), new SystemEnvironmentPropertySource(source.getName(), filled(values)));
                } else if (source.getName().contains(".env")) {
                    sources.replace(source.getName(), new MapPropertySource(source.getName(), filled(values)));
                }
            }
        }
    }

    private static Map<String, Object> filled(Map<?, ?> values) {
        Map<String, Object> filled = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (!value.toString().isBlank()) {
                filled.put(name.toString(), value.toString().trim());
            }
        });
        return filled;
    }
}
