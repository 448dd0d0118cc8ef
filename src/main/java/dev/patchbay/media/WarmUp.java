package dev.patchbay.media;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Runs code of the media path often enough to be compiled, before the gateway says that it is up: a cold JVM would cut the
 * first callers' audio for seconds.
 */
@FunctionalInterface
public interface WarmUp {

    /** Called once, on an event loop. Fails when what it ran did not work. */
    Future<Void> run(Vertx vertx);

    /**
     * Runs them one after the other, on an event loop. One that fails is warned of and no more: a gateway whose first callers
     * may hear it is better than none, and a starved machine is where it happens.
     */
    static Future<Void> runAll(List<WarmUp> warmUps, Vertx vertx) {
        Future<Void> done = Future.succeededFuture();
        for (WarmUp warmUp : warmUps) {
            done = done.compose(v -> warmUp.run(vertx)).otherwise(cause -> {
                LoggerFactory.getLogger(WarmUp.class)
                        .warn("A warm-up failed, the first calls may sound worse: {}", cause.toString());
                return null;
            });
        }
        return done;
    }
}
