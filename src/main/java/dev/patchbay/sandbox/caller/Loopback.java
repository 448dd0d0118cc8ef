package dev.patchbay.sandbox.caller;

import java.net.URI;
import java.util.regex.Pattern;

/** The sandbox never leaves this machine, whatever a TwiML answer says. */
public final class Loopback {
    private static final Pattern HOST =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    static boolean isHere(URI uri) {
        return uri.getHost() != null && HOST.matcher(uri.getHost()).matches();
    }

    /** @throws IllegalArgumentException when it is elsewhere */
    public static URI require(URI uri) {
        if (!isHere(uri)) {
            throw new IllegalArgumentException("the sandbox calls this machine only, not " + uri.getHost());
        }
        return uri;
    }
}
