package dev.patchbay.trace;

import dev.patchbay.settings.Setting;
import io.opentelemetry.api.trace.Tracer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Traces, where somebody takes them. Without an endpoint there is no {@link Tracer}, and nobody asks for one later. */
@Configuration
@Conditional(TraceConfiguration.Wanted.class)
public class TraceConfiguration {

    @Bean
    Traces traces(TraceProperties properties) {
        return new Traces(properties);
    }

    @Bean
    Tracer tracer(Traces traces) {
        return traces.tracer();
    }

    static final class Wanted implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Setting.text(context.getEnvironment().getProperty("patchbay.trace.endpoint")) != null;
        }
    }
}
