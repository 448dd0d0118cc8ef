package dev.patchbay.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How every setting is read: values are trimmed, and a blank one is the same as none. The functions that refuse a value
 * take the environment variable that it came from, to name it in {@link InvalidSettingException}.
 */
public final class Setting {

    private static final Set<String> WEB = Set.of("http", "https");

    private Setting() {}

    /** The trimmed text; null when there is none. */
    public static @Nullable String text(@Nullable String given) {
        return given == null || given.isBlank() ? null : given.trim();
    }

    /** The trimmed values of a comma-separated setting, without blank ones. */
    public static List<String> list(@Nullable List<String> given) {
        return given == null
                ? List.of()
                : given.stream().map(Setting::text).filter(Objects::nonNull).toList();
    }

    /** A TCP port; 0 lets the system choose one. */
    public static int port(String variable, int given) {
        if (given < 0 || given > 65_535) {
            throw new InvalidSettingException(variable, given + " is not a port (0 to 65535)");
        }
        return given;
    }

    /** A number of something that there must be at least one of. */
    public static int atLeastOne(String variable, int given) {
        if (given < 1) {
            throw new InvalidSettingException(variable, given + " is less than 1");
        }
        return given;
    }

    /** An http or https URL, without a slash at its end, to which paths are appended; null when there is none. */
    public static @Nullable URI baseUrl(String variable, @Nullable URI given) {
        if (given == null) {
            return null;
        }
        if (!WEB.contains(Objects.requireNonNullElse(given.getScheme(), "")) || given.getHost() == null) {
            throw new InvalidSettingException(variable, "must begin with https:// or http:// and name a host");
        }
        if (given.getRawUserInfo() != null || given.getRawQuery() != null || given.getRawFragment() != null) {
            throw new InvalidSettingException(variable, "must have no user, query or fragment");
        }
        return URI.create(given.toString().replaceFirst("/+$", ""));
    }

    /** An http or https URL of nothing but scheme, host and port; null when there is none. */
    public static @Nullable URI origin(String variable, @Nullable URI given) {
        URI url = baseUrl(variable, given);
        if (url != null && !url.getRawPath().isEmpty()) {
            throw new InvalidSettingException(
                    variable, "must be an origin such as https://voice.example.com, without a path");
        }
        return url;
    }

    /** A length of time above zero. */
    public static Duration positive(String key, Duration given) {
        if (given.isNegative() || given.isZero()) {
            throw new InvalidSettingException(key, "must be longer than zero");
        }
        return given;
    }

    /** The variable's name when its value is missing, else nothing. */
    public static Stream<String> unset(String variable, @Nullable Object value) {
        return value == null ? Stream.of(variable) : Stream.empty();
    }

    /** What a record with secrets shows of one: whether it is there. */
    public static String hidden(@Nullable String secret) {
        return secret == null ? "unset" : "***";
    }
}
