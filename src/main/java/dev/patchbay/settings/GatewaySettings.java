package dev.patchbay.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * The settings as the gateway would start with them, without starting it: {@code application.yaml}, {@code .env.local} and
 * {@code .env} of the working directory, the environment, the active profiles.
 */
public final class GatewaySettings {

    private static final String OURS = "dev.patchbay";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");

    private final ConfigurableEnvironment environment;

    private GatewaySettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** @param variables the process's environment */
    public static GatewaySettings of(Map<String, String> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String system = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(system, new SystemEnvironmentPropertySource(system, Map.copyOf(variables)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        new BlankVariables().postProcessEnvironment(environment, new SpringApplication());
        return new GatewaySettings(environment);
    }

    /**
     * A record of settings.
     *
     * @param key such as {@code patchbay.http}
     * @throws InvalidSettingException naming the variable that is wrong
     */
    public <T> T read(String key, Class<T> type) {
        try {
            return Binder.get(environment).bindOrCreate(key, type);
        } catch (BindException wrong) {
            FailureAnalysis analysis = new InvalidSettingFailureAnalyzer(environment).analyze(wrong);
            String[] said = (analysis == null ? key + ": cannot be read" : analysis.getDescription()).split(": ", 2);
            throw new InvalidSettingException(said[0], said[said.length - 1]);
        }
    }

    /** What would stop the start: every record of settings that cannot be read, each with the variable that is wrong. */
    public List<InvalidSettingException> faults() {
        var records = new ClassPathScanningCandidateComponentProvider(false);
        records.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<InvalidSettingException> faults = new ArrayList<>();
        for (BeanDefinition found : records.findCandidateComponents(OURS)) {
            Class<?> type = ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null);
            ConfigurationProperties prefix = type.getAnnotation(ConfigurationProperties.class);
            try {
                read(Objects.requireNonNull(prefix).value(), type);
            } catch (InvalidSettingException fault) {
                faults.add(fault);
            }
        }
        return faults;
    }

    /** The setting of this key; null when there is none. */
    public @Nullable String text(String key) {
        return Setting.text(environment.getProperty(key));
    }

    /** For what asks for profiles and keys by itself. */
    public Environment environment() {
        return environment;
    }

    /** Every variable of {@code application.yaml}, in its order, to where it is set; empty where it is not. Never a value. */
    public Map<String, String> variables() {
        Map<String, String> found = new LinkedHashMap<>();
        try (InputStream yaml =
                Objects.requireNonNull(GatewaySettings.class.getResourceAsStream("/application.yaml"))) {
            VARIABLE.matcher(new String(yaml.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map((MatchResult variable) -> variable.group(1))
                    .distinct()
                    .forEach(variable -> found.put(variable, origin(variable)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private String origin(String variable) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source.containsProperty(variable)) {
                String name = source.getName();
                return name.contains(".env.local") ? ".env.local" : name.contains(".env") ? ".env" : "environment";
            }
        }
        return "";
    }
}
