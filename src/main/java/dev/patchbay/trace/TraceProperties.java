package dev.patchbay.trace;

import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where traces go.
 *
 * @param endpoint base URL of an OTLP receiver that speaks HTTP ({@code OTEL_EXPORTER_OTLP_ENDPOINT}); null: no traces
 * @param headers sent along, {@code name=value} separated by commas, percent-encoded ({@code OTEL_EXPORTER_OTLP_HEADERS});
 *     may be secrets
 * @param serviceName what the gateway is called in traces ({@code OTEL_SERVICE_NAME})
 * @param ratio of the traces that begin here and are kept, 0 to 1; one that begins elsewhere is kept as is decided there
 * @param delay after which spans are delivered, together
 */
@ConfigurationProperties("patchbay.trace")
public record TraceProperties(
        @Nullable URI endpoint,
        @Nullable String headers,
        @Nullable String serviceName,
        double ratio,
        Duration delay) {

    static final String TRACES = "/v1/traces";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$&'*+.^_`|~-]+");

    public TraceProperties {
        endpoint = Setting.baseUrl("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        headers = Setting.text(headers);
        serviceName = Objects.requireNonNullElse(Setting.text(serviceName), "patchbay");
        parse(headers);
        delay = Setting.positive("patchbay.trace.delay", delay);
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new InvalidSettingException("patchbay.trace.ratio", ratio + " is not between 0 and 1");
        }
    }

    /** Where spans are posted. People give the base as the standard says, or all of it as their vendor shows it. */
    URI tracesUrl() {
        String base = Objects.requireNonNull(endpoint, "endpoint").toString();
        return URI.create(base.endsWith(TRACES) ? base : base + TRACES);
    }

    Map<String, String> headerValues() {
        return parse(headers);
    }

    private static Map<String, String> parse(@Nullable String headers) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String header : headers == null ? new String[0] : headers.split(",", -1)) {
            int end = header.indexOf('=');
            if (end < 0 || !NAME.matcher(header.substring(0, end).trim()).matches()) {
                throw new InvalidSettingException(
                        "OTEL_EXPORTER_OTLP_HEADERS", "must be name=value, several separated by commas");
            }
            try {
                parsed.put(
                        header.substring(0, end).trim(),
                        URLDecoder.decode(
                                header.substring(end + 1).trim().replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notEncoded) {
                throw new InvalidSettingException(
                        "OTEL_EXPORTER_OTLP_HEADERS", "has a % that two hexadecimal digits do not follow");
            }
        }
        return parsed;
    }

    @Override
    public String toString() {
        return "TraceProperties[endpoint=%s, headers=%s, serviceName=%s, ratio=%s, delay=%s]"
                .formatted(endpoint, Setting.hidden(headers), serviceName, ratio, delay);
    }
}
