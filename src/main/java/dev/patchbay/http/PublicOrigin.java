package dev.patchbay.http;

import java.net.URI;

/**
 * The origin that the world reaches the public plane at; callback, stream and audio URLs are built on it, and
 * signatures are checked over it.
 *
 * @param uri scheme, host and port, without a path
 */
public record PublicOrigin(URI uri) {

    /** The URL of a path with its query, exactly as it was requested: {@code /path?query}. */
    public String url(String pathAndQuery) {
        return uri + pathAndQuery;
    }

    /** The WebSocket URL of a path: wss for https, ws for http. */
    public String webSocketUrl(String pathAndQuery) {
        return "ws" + uri.toString().substring("http".length()) + pathAndQuery;
    }
}
