package dev.patchbay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request to a provider's REST API.
 *
 * @param method {@code GET}, {@code POST}, ...
 * @param path below the provider's base URL, with its query, percent-encoded
 * @param contentType of the body; null without one
 * @param headers beside the credentials, which {@link ProviderClient} adds
 * @param create whether doing it twice would do harm (a second message, a second call): then it is replayed only after
 *     429, when the provider says that it did nothing
 * @param traced whether the server is told which trace this is: for one's own, see docs/rationale.md
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes that are sent once and compared with nothing.
public record ProviderRequest(
        String method,
        String path,
        @Nullable String contentType,
        byte[] body,
        Map<String, String> headers,
        boolean create,
        boolean traced) {

    private static final byte[] NOTHING = new byte[0];

    public ProviderRequest(
            String method,
            String path,
            @Nullable String contentType,
            byte[] body,
            Map<String, String> headers,
            boolean create) {
        this(method, path, contentType, body, headers, create, false);
    }

    public static ProviderRequest get(String path) {
        return new ProviderRequest("GET", path, null, NOTHING, Map.of(), false);
    }

    public static ProviderRequest delete(String path) {
        return new ProviderRequest("DELETE", path, null, NOTHING, Map.of(), false);
    }

    /** A POST of JSON that creates something. */
    public static ProviderRequest create(String path, JsonObject body) {
        return new ProviderRequest(
                "POST", path, "application/json", body.encode().getBytes(UTF_8), Map.of(), true);
    }

    /** A POST of a form that creates something; a field with several values is repeated. */
    public static ProviderRequest create(String path, Map<String, List<String>> form) {
        return new ProviderRequest("POST", path, "application/x-www-form-urlencoded", encoded(form), Map.of(), true);
    }

    /** The same request with one more header. */
    public ProviderRequest with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new ProviderRequest(method, path, contentType, body, Map.copyOf(more), create, traced);
    }

    private static byte[] encoded(Map<String, ? extends Collection<String>> form) {
        return form.entrySet().stream()
                .flatMap(field -> field.getValue().stream()
                        .map(value -> URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(value, UTF_8)))
                .collect(Collectors.joining("&"))
                .getBytes(UTF_8);
    }
}
