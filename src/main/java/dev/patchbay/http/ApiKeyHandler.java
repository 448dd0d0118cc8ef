package dev.patchbay.http;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.Problem;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request into the REST API or answers 401. With keys configured it needs one of them ({@code Authorization:
 * Bearer key} or {@code X-API-Key: key}), and its owner's name is kept under {@link #OWNER}. Without keys the API is for
 * people at this machine: the peer must be loopback, {@code Host} must say so too (see {@link LocalHost}), and nothing
 * may tell of a proxy or of a web page.
 */
public final class ApiKeyHandler implements Handler<RoutingContext> {

    /** Where the context keeps the name of the key's owner, for logs and rate limits. */
    public static final String OWNER = "patchbay.api-key-owner";

    /** The owner's name while no keys are configured. */
    public static final String LOCAL_OWNER = "local";

    private static final String BEARER = "bearer ";
    private static final String NEEDS_KEY = "This needs an API key: Authorization: Bearer <key>, or X-API-Key: <key>.";
    private static final String NO_KEYS =
            "No API keys are configured, so only direct requests to localhost are answered. Set PATCHBAY_API_KEYS.";

    private final ApiKeys keys;

    public ApiKeyHandler(ApiKeys keys) {
        this.keys = keys;
    }

    /** Whether there are keys; without any, the API is for this machine. */
    boolean areConfigured() {
        return !keys.isEmpty();
    }

    /** Whose request this is; nothing when it may not use the API. */
    public Optional<String> owner(HttpServerRequest request) {
        return keys.isEmpty() ? localOwner(request) : given(request).flatMap(keys::owner);
    }

    @Override
    public void handle(RoutingContext context) {
        if (admits(context)) {
            context.next();
        }
    }

    /** True for a request that may use the API; another one has been answered. */
    public boolean admits(RoutingContext context) {
        Optional<String> owner = owner(context.request());
        if (owner.isPresent()) {
            context.put(OWNER, owner.get());
            return true;
        }
        context.response().putHeader("WWW-Authenticate", "Bearer");
        ProblemResponse.send(context, Problem.of(ErrorCategory.UNAUTHENTICATED, keys.isEmpty() ? NO_KEYS : NEEDS_KEY));
        return false;
    }

    private static Optional<String> given(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).trim());
        }
        return Optional.ofNullable(request.getHeader("X-API-Key")).map(String::trim);
    }

    private static Optional<String> localOwner(HttpServerRequest request) {
        return isLoopback(request.remoteAddress()) && namesLocalHost(request) && isDirect(request.headers())
                ? Optional.of(LOCAL_OWNER)
                : Optional.empty();
    }

    private static boolean isLoopback(@Nullable SocketAddress peer) {
        try {
            // Of a peer this is always an address, so nothing is looked up; a Unix socket has none.
            return peer != null
                    && peer.hostAddress() != null
                    && InetAddress.getByName(peer.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException unreadable) {
            return false;
        }
    }

    /** HTTP/1 names the host in a header, HTTP/2 in its authority, and may add the header. */
    private static boolean namesLocalHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        return hosts.size() <= 1
                && hosts.stream().allMatch(LocalHost::isNamedBy)
                && LocalHost.isNamedBy(String.valueOf(request.authority()));
    }

    private static boolean isDirect(MultiMap headers) {
        return !headers.contains(HttpHeaders.ORIGIN)
                && headers.names().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(name -> name.equals("forwarded") || name.startsWith("x-forwarded-"));
    }
}
