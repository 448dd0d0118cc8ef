package dev.patchbay.provider.elevenlabs;

import dev.patchbay.media.AgentCall;
import dev.patchbay.media.AgentClose;
import dev.patchbay.media.AgentConnection;
import dev.patchbay.media.AgentConnector;
import dev.patchbay.media.AgentListener;
import dev.patchbay.provider.ProviderSpans;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Connects calls to ElevenLabs agents (CONTRACTS 4.1): asks for a signed URL with the account's key, which stays here,
 * and opens the conversation's socket on the caller's event loop.
 */
@Component
public final class ElevenLabsConnector implements AgentConnector {

    private static final int CONNECT_TIMEOUT = 2000;

    private final ElevenLabsProperties properties;
    private final Vertx vertx;
    private final ProviderSpans spans;
    private final HttpClient http;
    private final WebSocketClient sockets;

    public ElevenLabsConnector(ElevenLabsProperties properties, Vertx vertx, ProviderSpans spans) {
        this.properties = properties;
        this.vertx = vertx;
        this.spans = spans;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setMaxPoolSize(64)
                .setKeepAliveTimeout(30));
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setMaxConnections(Integer.MAX_VALUE) // -1 would let none through
                .setTcpNoDelay(true)
                .setMaxFrameSize(ElevenLabsConnection.MAX_MESSAGE + 1)
                .setMaxMessageSize(ElevenLabsConnection.MAX_MESSAGE + 1)
                .setClosingTimeout(1)
                .setTryUsePerMessageCompression(false));
    }

    /** A signed URL that is on its way. */
    private record SignedUrl(Future<String> url) implements Preparation {}

    /** A conversation whose address is known. */
    static Preparation at(String url) {
        return new SignedUrl(Future.succeededFuture(url));
    }

    @Override
    public String provider() {
        return "elevenlabs";
    }

    @Override
    public Preparation prepare(AgentCall call) {
        return new SignedUrl(signedUrl(Objects.requireNonNullElse(call.agent().elevenlabsAgentId(), "")));
    }

    @Override
    public AgentConnection connect(AgentCall call, Preparation preparation, AgentListener listener) {
        ElevenLabsConnection connection = new ElevenLabsConnection(call, listener);
        var context = vertx.getOrCreateContext();
        // The URL may come on another event loop; everything from here on runs on the caller's.
        ((SignedUrl) preparation)
                .url()
                .onComplete(url -> context.runOnContext(v -> {
                    if (connection.isClosed()) {
                        return;
                    }
                    if (url.failed()) {
                        connection.failed(String.valueOf(url.cause().getMessage()));
                        return;
                    }
                    sockets.connect(new WebSocketConnectOptions()
                                    .setAbsoluteURI(url.result())
                                    .setTimeout(CONNECT_TIMEOUT))
                            .onSuccess(connection::opened)
                            .onFailure(e -> connection.failed("socket: " + e.getMessage()));
                }));
        return connection;
    }

    private Future<String> signedUrl(String agentId) {
        String uri = properties.apiBaseUrl()
                + "/v1/convai/conversation/get-signed-url?agent_id="
                + URLEncoder.encode(agentId, StandardCharsets.UTF_8);
        ProviderSpans.Request span = spans.begin(provider(), "GET", properties.apiBaseUrl());
        return http.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(uri)
                        .setTimeout(CONNECT_TIMEOUT)
                        .putHeader("xi-api-key", Objects.requireNonNullElse(properties.apiKey(), "")))
                .compose(request -> request.send())
                .compose(response -> {
                    span.answered(response.statusCode());
                    return response.body().map(body -> url(response.statusCode(), body));
                })
                .onFailure(span::failed)
                .onComplete(url -> span.end());
    }

    private static String url(int status, Buffer body) {
        if (status != 200) {
            throw new IllegalStateException("signed URL: ElevenLabs answered " + status + reason(body));
        }
        String url;
        try {
            url = body.toJsonObject().getString("signed_url");
        } catch (RuntimeException e) {
            throw new IllegalStateException("signed URL: ElevenLabs answered no JSON", e);
        }
        if (url == null) {
            throw new IllegalStateException("signed URL: ElevenLabs answered without signed_url");
        }
        return url;
    }

    /** The error's status word, such as {@code invalid_api_key}: the body may be {@code {detail:{status,message}}}. */
    private static String reason(Buffer body) {
        try {
            Object detail = body.toJsonObject().getValue("detail");
            return detail instanceof JsonObject json ? " " + json.getString("status", "") : "";
        } catch (RuntimeException notJson) {
            return "";
        }
    }

    /** Close codes as they matter to a call. */
    static AgentClose close(int code, String reason) {
        String words = "socket closed with " + code + (reason.isEmpty() ? "" : " " + reason);
        return switch (code) {
            case 1000 -> AgentClose.ended();
            case 1008 -> AgentClose.forbidden(words);
            default -> AgentClose.lost(words);
        };
    }
}
