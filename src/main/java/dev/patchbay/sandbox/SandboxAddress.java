package dev.patchbay.sandbox;

import java.net.URI;

/**
 * Where this process listens, for the simulated services that call it. The configured port stands until the public
 * plane has told the one it got.
 */
public final class SandboxAddress {
    private volatile int publicPort;

    public SandboxAddress(int configuredPort) {
        this.publicPort = configuredPort;
    }

    /** The public plane is up on this port. */
    public void listening(int port) {
        publicPort = port;
    }

    /** Origin of the public plane, {@code http://127.0.0.1:<port>}. */
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + publicPort);
    }

    /** Origin of the public plane's WebSockets, {@code ws://127.0.0.1:<port>}. */
    public URI sockets() {
        return URI.create("ws://127.0.0.1:" + publicPort);
    }
}
