package dev.patchbay.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that came over the loopback interface was also meant for it. The peer's address alone does not say
 * so: a tunnel makes the whole internet a loopback peer, and a web page whose name resolves to 127.0.0.1 (DNS rebinding)
 * makes every browser on this machine one. Both show in the {@code Host} header.
 */
public final class LocalHost {

    private static final Pattern NAMES = Pattern.compile("(?i:localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");

    private LocalHost() {}

    /** Whether a {@code Host} header names this machine's loopback interface, at any port. */
    public static boolean isNamedBy(@Nullable String host) {
        return host != null && NAMES.matcher(host).matches();
    }
}
