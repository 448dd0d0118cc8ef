package dev.patchbay.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.patchbay.http.OperationsProperties;
import dev.patchbay.http.PublicPlaneProperties;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.provider.elevenlabs.ElevenLabsProperties;
import dev.patchbay.provider.twilio.TwilioProperties;
import dev.patchbay.route.RecipeSwitches;
import dev.patchbay.route.RoutesProperties;
import dev.patchbay.trace.TraceProperties;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What the environment says, as the settings records see it. */
class SettingsTest {

    @Configuration
    @EnableConfigurationProperties({
        PublicPlaneProperties.class,
        OperationsProperties.class,
        TwilioProperties.class,
        ElevenLabsProperties.class,
        RoutesProperties.class,
        RecipeSwitches.class,
        MediaProperties.class,
        TraceProperties.class
    })
    static class AllSettings {}

    @TempDir
    Path empty;

    @Test
    void nothingSetIsTheDocumentedDefault() {
        start(Map.of(), settings -> {
            PublicPlaneProperties http = settings.getBean(PublicPlaneProperties.class);
            assertThat(http.port()).isEqualTo(8080);
            assertThat(http.host()).isEqualTo("0.0.0.0");
            assertThat(http.publicUrl()).isNull();
            assertThat(http.apiKeys()).isEmpty();
            assertThat(settings.getEnvironment().getProperty("server.port")).isEqualTo("8081");
            assertThat(settings.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
            assertThat(settings.getBean(OperationsProperties.class)).isEqualTo(new OperationsProperties(null, null));
            TwilioProperties twilio = settings.getBean(TwilioProperties.class);
            assertThat(twilio.isConfigured()).isFalse();
            assertThat(twilio.missing())
                    .containsExactly("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_PHONE_NUMBER");
            assertThat(twilio.apiBaseUrl()).hasToString("https://api.twilio.com");
            assertThat(twilio.validateSignature()).isTrue();
            assertThat(settings.getBean(ElevenLabsProperties.class).apiBaseUrl())
                    .hasToString("https://api.elevenlabs.io");
            assertThat(settings.getBean(RoutesProperties.class))
                    .isEqualTo(new RoutesProperties(Path.of("routes"), true));
            MediaProperties media = settings.getBean(MediaProperties.class);
            assertThat(media.callLimit()).isEqualTo(400 * Runtime.getRuntime().availableProcessors());
            assertThat(media.setupDeadline()).isEqualTo(Duration.ofMillis(4500));
            assertThat(media.maxCall()).isEqualTo(Duration.ofHours(1));
        });
    }

    @Test
    void blankIsTheSameAsUnset() {
        Map<String, String> blank = new HashMap<>();
        for (String variable : new String[] {
            "PATCHBAY_HTTP_PORT",
            "PATCHBAY_HTTP_HOST",
            "WEBHOOK_BASE_URL",
            "PATCHBAY_API_KEYS",
            "PATCHBAY_RATE_LIMIT",
            "SERVER_PORT",
            "SERVER_ADDRESS",
            "TWILIO_AUTH_TOKEN",
            "TWILIO_API_BASE_URL",
            "TWILIO_VALIDATE_SIGNATURE",
            "PATCHBAY_ROUTES_DIR",
            "PATCHBAY_ROUTES_RELOAD",
            "PATCHBAY_MAX_CALLS"
        }) {
            blank.put(variable, "  ");
        }
        start(
                Map.of(),
                unset -> start(blank, settings -> {
                    for (Class<?> type : new Class<?>[] {
                        PublicPlaneProperties.class,
                        TwilioProperties.class,
                        RoutesProperties.class,
                        MediaProperties.class
                    }) {
                        assertThat((Object) settings.getBean(type)).isEqualTo(unset.getBean(type));
                    }
                    assertThat(settings.getEnvironment().getProperty("server.port"))
                            .isEqualTo("8081");
                    assertThat(settings.getEnvironment().getProperty("server.address"))
                            .isEqualTo("127.0.0.1");
                }));
    }

    @Test
    void valuesAreTrimmedAndListsAreSplit() {
        Map<String, String> given = Map.of(
                "PATCHBAY_HTTP_PORT", " 9090 ",
                "WEBHOOK_BASE_URL", " https://voice.example.com/ ",
                "PATCHBAY_API_KEYS", " crm:0123456789abcdef , , desk:fedcba9876543210 ",
                "TWILIO_ACCOUNT_SID", " AC1 ",
                "TWILIO_AUTH_TOKEN", "\t12345 ",
                "TWILIO_PHONE_NUMBER", "+1 (415) 555-0100, +14155550101",
                "ELEVENLABS_API_BASE_URL", "http://localhost:9/sandbox/elevenlabs/");
        start(given, settings -> {
            PublicPlaneProperties http = settings.getBean(PublicPlaneProperties.class);
            assertThat(http.port()).isEqualTo(9090);
            assertThat(http.publicUrl()).isEqualTo(URI.create("https://voice.example.com"));
            assertThat(http.apiKeys()).containsExactly("crm:0123456789abcdef", "desk:fedcba9876543210");
            TwilioProperties twilio = settings.getBean(TwilioProperties.class);
            assertThat(twilio.authToken()).isEqualTo("12345");
            assertThat(twilio.phoneNumbers()).containsExactly("+14155550100", "+14155550101");
            assertThat(twilio.missing()).isEmpty();
            assertThat(settings.getBean(ElevenLabsProperties.class).apiBaseUrl())
                    .hasToString("http://localhost:9/sandbox/elevenlabs");
        });
    }

    @Test
    void theAliasOfThePhoneNumberCountsWhenTheNameItselfIsBlank() {
        start(Map.of("TWILIO_PHONE_NUMBER", "", "TWILIO_STATIC_PHONE_NUMBER", "+14155550100"), settings -> assertThat(
                        settings.getBean(TwilioProperties.class).defaultPhoneNumber())
                .isEqualTo("+14155550100"));
    }

    @Test
    void theEnvironmentComesBeforeDotEnvFilesWhoseBlankLinesCountAsUnset() throws IOException {
        Path dotEnv = Files.writeString(
                empty.resolve(".env"),
                "PATCHBAY_HTTP_PORT=\nTWILIO_ACCOUNT_SID= AC1 \nTWILIO_AUTH_TOKEN=of-the-file\n");
        start(
                Map.of("TWILIO_AUTH_TOKEN", "of-the-environment"),
                "optional:file:" + dotEnv + "[.properties]",
                settings -> {
                    assertThat(settings.getBean(PublicPlaneProperties.class).port())
                            .isEqualTo(8080);
                    assertThat(settings.getBean(TwilioProperties.class).accountSid())
                            .isEqualTo("AC1");
                    assertThat(settings.getBean(TwilioProperties.class).authToken())
                            .isEqualTo("of-the-environment");
                });
    }

    @Test
    void secretsAreNotInWhatRecordsPrint() {
        Map<String, String> secrets = Map.of(
                "PATCHBAY_API_KEYS", "crm:s3cret-value",
                "PATCHBAY_OPS_USER", "ops",
                "PATCHBAY_OPS_PASSWORD", "s3cret-value",
                "TWILIO_AUTH_TOKEN", "s3cret-value",
                "ELEVENLABS_API_KEY", "s3cret-value",
                "ELEVENLABS_WEBHOOK_SECRET", "s3cret-value",
                "OTEL_EXPORTER_OTLP_HEADERS", "api-key=s3cret-value");
        start(secrets, settings -> {
            for (Class<?> type : new Class<?>[] {
                PublicPlaneProperties.class,
                OperationsProperties.class,
                TwilioProperties.class,
                ElevenLabsProperties.class,
                TraceProperties.class
            }) {
                assertThat(settings.getBean(type).toString()).doesNotContain("s3cret-value");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PATCHBAY_HTTP_PORT, abc",
        "PATCHBAY_HTTP_PORT, 65536",
        "PATCHBAY_API_KEYS, nameless",
        "PATCHBAY_API_KEYS, 'crm:a,desk:a'",
        "PATCHBAY_RATE_LIMIT, 0",
        "PATCHBAY_RATE_LIMIT, often",
        "PATCHBAY_MAX_CALLS, 0",
        "PATCHBAY_MAX_CALLS, many",
        "PATCHBAY_ROUTES_RELOAD, perhaps",
        "PATCHBAY_RECIPE_BUSINESS_HOURS, yes",
        "WEBHOOK_BASE_URL, voice.example.com",
        "WEBHOOK_BASE_URL, ftp://voice.example.com",
        "WEBHOOK_BASE_URL, https://voice.example.com/hooks",
        "WEBHOOK_BASE_URL, https://user@voice.example.com",
        "TWILIO_API_BASE_URL, https://",
        "TWILIO_WEBHOOK_URL, mailto:someone",
        "TWILIO_PHONE_NUMBER, 5550100",
        "TWILIO_VALIDATE_SIGNATURE, maybe",
        "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT, grpc://collector:4317",
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://key@collector:4318",
        "OTEL_EXPORTER_OTLP_HEADERS, nameless",
        "OTEL_EXPORTER_OTLP_HEADERS, key=100%",
        "PATCHBAY_TRACE_RATIO, 2",
        "PATCHBAY_OPS_PASSWORD, alone"
    })
    void aWrongValueFailsTheStartWithOneLineThatNamesTheVariable(String variable, String value) {
        FailureAnalysis analysis = failedStart(Map.of(variable, value));

        assertThat(analysis.getDescription())
                .startsWith(
                        switch (variable) {
                            case "PATCHBAY_OPS_PASSWORD" -> "PATCHBAY_OPS_USER: ";
                            case "PATCHBAY_TRACE_RATIO" -> "patchbay.trace.ratio: ";
                            default -> variable + ": ";
                        })
                .doesNotContain("\n");
        assertThat(analysis.getAction()).contains("docs/configuration.md");
    }

    @Test
    void aWrongPhoneNumberIsNotRepeatedInFull() {
        assertThat(failedStart(Map.of("TWILIO_PHONE_NUMBER", "4155550123")).getDescription())
                .doesNotContain("4155550123");
    }

    private void start(Map<String, String> variables, Consumer<ConfigurableApplicationContext> use) {
        start(variables, "optional:file:" + empty.resolve("no.env") + "[.properties]", use);
    }

    private static void start(
            Map<String, String> variables, String dotEnv, Consumer<ConfigurableApplicationContext> use) {
        try (ConfigurableApplicationContext settings =
                application(environment(variables)).run("--spring.config.import=" + dotEnv)) {
            use.accept(settings);
        }
    }

    private static FailureAnalysis failedStart(Map<String, String> variables) {
        StandardEnvironment environment = environment(variables);
        Throwable failure = catchThrowable(() -> application(environment).run().close());
        assertThat(failure).as("start with " + variables).isNotNull();
        FailureAnalysis analysis = new InvalidSettingFailureAnalyzer(environment).analyze(failure);
        return Objects.requireNonNull(analysis, () -> "no analysis of " + failure);
    }

    private static SpringApplication application(StandardEnvironment environment) {
        SpringApplication application = new SpringApplication(AllSettings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setEnvironment(environment);
        return application;
    }

    private static StandardEnvironment environment(Map<String, String> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment
                .getPropertySources()
                .replace(name, new SystemEnvironmentPropertySource(name, new HashMap<>(variables)));
        return environment;
    }
}
