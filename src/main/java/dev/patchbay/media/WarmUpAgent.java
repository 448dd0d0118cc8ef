package dev.patchbay.media;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * An agent of a provider for the warm-up: it lives inside the gateway, speaks the provider's protocol over a real socket
 * on loopback, and repeats what it hears.
 */
public interface WarmUpAgent {

    /** What leads to the agent: the provider's own connector, with a different address. */
    interface Opened extends AgentConnector {

        /** Lets the agent go. */
        Future<Void> close();
    }

    /** Listens on a free loopback port. */
    Future<Opened> open(Vertx vertx);
}
