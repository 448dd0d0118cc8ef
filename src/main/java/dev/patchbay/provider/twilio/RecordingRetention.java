package dev.patchbay.provider.twilio;

import dev.patchbay.call.Recording;
import dev.patchbay.route.Routes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has recordings deleted by the route {@code recording-delete} when their time is over, once an hour. */
public final class RecordingRetention {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingRetention.class);

    private final TwilioRecordings recordings;
    private final Routes routes;

    RecordingRetention(TwilioRecordings recordings, Routes routes) {
        this.recordings = recordings;
        this.routes = routes;
    }

    /** @param worker runs what blocks */
    void start(ScheduledExecutorService timer, Executor worker) {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(() -> worker.execute(this::run), 1, 60, TimeUnit.MINUTES);
    }

    /** Deletes what has expired; what cannot be deleted now is tried again the next time, and holds up nothing. */
    public void run() {
        List<Recording> some = recordings.expired(null);
        while (!some.isEmpty()) {
            some.forEach(this::delete);
            some = recordings.expired(some.get(some.size() - 1));
        }
    }

    private void delete(Recording recording) {
        try {
            routes.run("recording-delete", Map.of("recording", recording));
        } catch (Exception e) {
            LOG.warn("Recording {} was not deleted: {}", recording.sid(), e.getMessage());
        }
    }
}
