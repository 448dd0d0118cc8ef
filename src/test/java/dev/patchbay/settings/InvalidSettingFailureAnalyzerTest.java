package dev.patchbay.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.logging.LogLevel;

class InvalidSettingFailureAnalyzerTest {

    @Test
    void aVariableIsNamedEvenBeforeThereIsAnEnvironment() {
        BindException wrong = catchThrowableOfType(BindException.class, () -> new Binder(
                        new MapConfigurationPropertySource(Map.of("logging.level.dev.patchbay", "loud")))
                .bind("logging.level.dev.patchbay", LogLevel.class));

        assertThat(new InvalidSettingFailureAnalyzer(null).analyze(wrong))
                .satisfies(analysis -> assertThat(analysis.getDescription()).startsWith("PATCHBAY_LOG_LEVEL: "));
    }
}
