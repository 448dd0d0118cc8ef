package dev.patchbay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.Deadline;
import dev.patchbay.settings.Setting;
import io.vertx.core.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP API that somebody adds in a route: the bean of the kamelet {@code provider-request-action}, made and filled by it,
 * so that what is wrong with a parameter is said when the route is built. Requests go through {@link ProviderClient}, with
 * its time-outs, its circuit breaker and its words for what goes wrong. Blocks: for worker threads only.
 */
public final class HttpProvider {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");
    /** RFC 3986: what a path and a query are made of. */
    private static final Pattern TARGET = Pattern.compile("[/?][A-Za-z0-9._~!$&'()*+,;=:@/?%-]*");

    private static final Pattern UP =
            Pattern.compile("(^|/|%2f|%5c)(\\.|%2e){1,2}(/|%2f|%5c|$)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE", "HEAD");
    private static final byte[] NOTHING = new byte[0];

    private @Nullable ProviderClients clients;
    private String provider = "provider";
    private @Nullable URI url;
    private String method = "POST";
    private String contentType = "application/json";
    private String tokenHeader = "Authorization";
    private String tokenScheme = "";
    private @Nullable String token;
    private Duration timeout = Duration.ofSeconds(8);
    private @Nullable Boolean repeatable;
    private boolean traced;

    public void setClients(ProviderClients clients) {
        this.clients = clients;
    }

    /** Its name in errors, in the log and of its circuit breaker. */
    public void setProvider(String provider) {
        this.provider = matching("provider", NAME, provider);
    }

    /** Where its API begins; paths are appended. */
    public void setUrl(String url) {
        this.url = Setting.baseUrl("url", URI.create(url.trim()));
    }

    public void setMethod(String method) {
        String upper = method.trim().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(upper)) {
            throw new IllegalArgumentException("method " + method + " is none of GET, POST, PUT, PATCH, DELETE, HEAD");
        }
        this.method = upper;
    }

    /** Of the body that is sent. */
    public void setContentType(String contentType) {
        this.contentType = contentType.trim();
    }

    public void setTokenHeader(String tokenHeader) {
        this.tokenHeader = matching("tokenHeader", HEADER, tokenHeader);
    }

    /** The word before the token, {@code Bearer}; blank: none. */
    public void setTokenScheme(String tokenScheme) {
        this.tokenScheme = tokenScheme.trim();
    }

    /** Blank: no such header. */
    public void setToken(String token) {
        this.token = Setting.text(token);
    }

    /** In ms; the inbound request's time ends it earlier. */
    public void setTimeout(long timeout) {
        this.timeout = Setting.positive("requestTimeout", Duration.ofMillis(timeout));
    }

    /** Whether asking twice does no harm; blank: unless the method is POST or PATCH. */
    public void setRepeatable(String repeatable) {
        String given = Setting.text(repeatable);
        this.repeatable = given == null ? null : Boolean.valueOf(given);
    }

    /** Whether the server is told which trace a request belongs to. */
    public void setTraced(boolean traced) {
        this.traced = traced;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param path appended to the URL, with its query, percent-encoded; blank: nothing
     * @param body a text, bytes, or a map or list for JSON; not sent with GET, HEAD and DELETE
     * @return the answer's body: a text, or bytes when its content type is none of text, JSON, XML or form
     * @throws PatchbayException what {@link ProviderClient#send} throws, and for 4xx what docs/errors.md says; invalid
     *     request, when the path could lead elsewhere
     */
    public Object send(@Nullable String path, @Nullable Object body) throws Exception {
        URI base = Objects.requireNonNull(url, "url");
        ProviderClient client = Objects.requireNonNull(clients, "clients").of(provider, base, credentials());
        ProviderRequest request = request(path == null ? "" : path.trim(), body);
        AtomicReference<@Nullable ProviderAnswer> got = new AtomicReference<>();
        Duration time = timeout.plus(ProviderClient.RESERVE);
        Duration left = Deadline.leftOr(time);
        Deadline.in(left.compareTo(time) < 0 ? left : time).during(() -> got.set(client.send(request)));
        ProviderAnswer answer = Objects.requireNonNull(got.get(), "answer");
        if (!answer.isSuccess()) {
            throw new PatchbayException(category(answer.status()), provider, answer.reason());
        }
        return isText(answer.headers().getOrDefault("content-type", "text/plain")) ? answer.text() : answer.body();
    }

    private ProviderRequest request(String path, @Nullable Object body) {
        if (!path.isEmpty()
                && (!TARGET.matcher(path).matches()
                        || UP.matcher(path.split("\\?", 2)[0]).find())) {
            throw new PatchbayException(
                    ErrorCategory.INVALID_REQUEST,
                    provider,
                    "path is none: it begins with / or ?, is percent-encoded and does not lead upwards");
        }
        boolean again = repeatable == null ? !Set.of("POST", "PATCH").contains(method) : repeatable;
        byte[] bytes = WITHOUT_BODY.contains(method) ? NOTHING : bytes(body);
        String type = bytes.length == 0 ? null : contentType;
        return new ProviderRequest(method, path, type, bytes, Map.of(), !again, traced);
    }

    private static byte[] bytes(@Nullable Object body) {
        if (body == null) {
            return NOTHING;
        }
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        boolean json = body instanceof Map<?, ?> || body instanceof Collection<?>;
        return (json ? Json.encode(body) : body.toString()).getBytes(UTF_8);
    }

    private Map<String, String> credentials() {
        return token == null
                ? Map.of()
                : Map.of(tokenHeader, tokenScheme.isEmpty() ? token : tokenScheme + " " + token);
    }

    /** What a request is at fault for may be whoever asked us; a refused key, an unpaid bill or a redirect is our set-up. */
    private static ErrorCategory category(int status) {
        return switch (status) {
            case 400 -> ErrorCategory.INVALID_REQUEST;
            case 404, 410 -> ErrorCategory.NOT_FOUND;
            case 409 -> ErrorCategory.CONFLICT;
            case 413 -> ErrorCategory.TOO_LARGE;
            case 422 -> ErrorCategory.UNPROCESSABLE;
            default -> ErrorCategory.PROVIDER_FAILED;
        };
    }

    private static boolean isText(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return type.startsWith("text/") || type.contains("json") || type.contains("xml") || type.contains("form");
    }

    private static String matching(String name, Pattern pattern, String given) {
        String text = given.trim();
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(name + " must be " + pattern);
        }
        return text;
    }
}
