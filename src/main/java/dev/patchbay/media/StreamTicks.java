package dev.patchbay.media;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the streams of one event loop look at their time limits, ten times a second: one timer for all of them, as a timer
 * for each would wake the loop hundreds of times a second for nothing. Lives on its event loop.
 */
final class StreamTicks {

    private static final Logger LOG = LoggerFactory.getLogger(StreamTicks.class);
    /** In ms. */
    private static final long EVERY = 100;

    private final Context context;
    private final List<MediaStream> streams = new ArrayList<>();
    private long timer;

    private StreamTicks(Context context) {
        this.context = context;
    }

    /** Those of the event loop that this runs on. */
    static StreamTicks of(Context context) {
        StreamTicks ticks = context.get(StreamTicks.class);
        if (ticks == null) {
            ticks = new StreamTicks(context);
            context.put(StreamTicks.class, ticks);
        }
        return ticks;
    }

    void add(MediaStream stream) {
        if (streams.isEmpty()) {
            timer = context.owner().setPeriodic(EVERY, id -> tick());
        }
        streams.add(stream);
    }

    void remove(MediaStream stream) {
        if (streams.remove(stream) && streams.isEmpty()) {
            context.owner().cancelTimer(timer);
        }
    }

    private void tick() {
        // From the end, since a stream that ends here removes itself.
        for (int i = streams.size() - 1; i >= 0; i--) {
            MediaStream stream = streams.get(i);
            try {
                stream.tick();
            } catch (RuntimeException e) {
                LOG.error(
                        "Call {}: its time limits could not be checked",
                        stream.call().callId(),
                        e);
            }
        }
    }
}
