package dev.patchbay.settings;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Turns a wrong setting into one line that names its environment variable, instead of a stack trace. Values that cannot
 * even be read, such as a port {@code abc}, have passed no check of ours: their variable stands in {@code application.yaml}.
 */
final class InvalidSettingFailureAnalyzer implements FailureAnalyzer, Ordered {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)");
    private static final String ACTION =
            "Set it right in the environment or in .env; docs/configuration.md explains every variable.";

    private final @Nullable Environment environment;

    InvalidSettingFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE; // Spring Boot's own analysis would name the record, not the variable.
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        BindException unreadable = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSettingException invalid) {
                return new FailureAnalysis(invalid.getMessage(), ACTION, invalid);
            }
            if (cause instanceof BindException bind) {
                unreadable = bind;
            }
        }
        ConfigurationProperty property = unreadable == null ? null : unreadable.getProperty();
        return unreadable == null || property == null
                ? null
                : new FailureAnalysis(describe(property, unreadable), ACTION, unreadable);
    }

    private String describe(ConfigurationProperty property, BindException unreadable) {
        Class<?> wanted = unreadable.getTarget().getType().resolve(Object.class);
        return "%s: the value cannot be read as %s"
                .formatted(variable(property.getName().toString()), wanted.getSimpleName());
    }

    private String variable(String property) {
        return sources().stream()
                .map(source -> VARIABLE.matcher(String.valueOf(source.getProperty(property))))
                .filter(Matcher::find)
                .map(variable -> variable.group(1))
                .findFirst()
                .orElse(property);
    }

    /** Logging is set up before there is an environment to ask; the file itself says the same. */
    private List<PropertySource<?>> sources() {
        if (environment instanceof ConfigurableEnvironment configurable) {
            return configurable.getPropertySources().stream().toList();
        }
        try {
            return new YamlPropertySourceLoader().load("defaults", new ClassPathResource("application.yaml"));
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
