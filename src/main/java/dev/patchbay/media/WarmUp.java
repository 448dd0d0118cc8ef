package dev.patchbay.media;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Runs code of the media path often enough to be compiled, before the gateway says that it is up: a cold JVM would cut the
 * first callers' audio for seconds.
 */
@FunctionalInterface
public interface WarmUp {

    /** Called once, on an event loop. Fails when what it ran did not work. */
    Future<Void> run(Vertx vertx);
}
