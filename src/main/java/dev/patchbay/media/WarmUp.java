package dev.patchbay.media;

/**
 * Runs code of the media path often enough to be compiled, before the gateway says that it is up: a cold JVM would cut the
 * first callers' audio for seconds.
 */
@FunctionalInterface
public interface WarmUp {

    /** Frames to run. */
    int FRAMES = 5_000;

    /** Called once, on an event loop, which may be held up: nobody is talking yet. */
    void run();
}
