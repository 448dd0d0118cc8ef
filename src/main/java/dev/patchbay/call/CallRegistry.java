package dev.patchbay.call;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the calls that are going on here: how the last media leg ended, and when to give a call up that nobody
 * reports the end of. In memory; after a restart the phone provider's own events complete the calls.
 */
public final class CallRegistry {

    /**
     * How a media leg ended.
     *
     * @param endedBy {@code caller}, {@code agent} or {@code gateway}; null when the agent was lost, or the call moved on
     * @param agentId the agent of that leg
     */
    public record LegEnd(@Nullable String endedBy, String agentId) {}

    private static final String CALLER = "caller";
    private static final String GATEWAY = "gateway";

    private static final class Live {
        private @Nullable LegEnd legEnd;
        private @Nullable ScheduledFuture<?> completion;
        private int recoveries;
        private boolean hangingUp;
    }

    private final ScheduledExecutorService timer;
    private final Map<String, Live> calls = new ConcurrentHashMap<>();

    public CallRegistry(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Something was heard of the call: it is not to be given up. */
    public void heardOf(String callSid) {
        calls.computeIfPresent(callSid, (sid, live) -> cancelled(live));
    }

    /** Runs {@code complete} unless something is heard of the call within the grace. */
    public void completeAfter(String callSid, Duration grace, Runnable complete) {
        calls.compute(callSid, (sid, known) -> {
            Live live = cancelled(known == null ? new Live() : known);
            live.completion = timer.schedule(
                    () -> {
                        forget(sid);
                        complete.run();
                    },
                    grace.toMillis(),
                    TimeUnit.MILLISECONDS);
            return live;
        });
    }

    /** A media leg of the call has ended. @return how: a caller who goes while we hang up was sent away by us */
    public LegEnd legEnded(String callSid, LegEnd end) {
        LegEnd[] noted = {end};
        calls.compute(callSid, (sid, known) -> {
            Live live = known == null ? new Live() : known;
            noted[0] = live.hangingUp && CALLER.equals(end.endedBy()) ? new LegEnd(GATEWAY, end.agentId()) : end;
            live.legEnd = noted[0];
            return live;
        });
        return noted[0];
    }

    /** We ask the phone provider to hang up, or have had its answer, whatever that was. */
    public void hangingUp(String callSid, boolean asking) {
        if (asking) {
            calls.computeIfAbsent(callSid, sid -> new Live()).hangingUp = true;
        } else {
            calls.computeIfPresent(callSid, (sid, live) -> {
                live.hangingUp = false;
                return live;
            });
        }
    }

    /** Whether we are asking the phone provider to hang up: what ends now ends by us. */
    public boolean isHangingUp(String callSid) {
        Live live = calls.get(callSid);
        return live != null && live.hangingUp;
    }

    /** How the call's last media leg ended; null when it had none. */
    public @Nullable LegEnd lastLeg(String callSid) {
        Live live = calls.get(callSid);
        return live == null ? null : live.legEnd;
    }

    /** Counts an attempt to save a call whose agent was lost: 1 for the first. */
    public int recovery(String callSid) {
        int[] count = new int[1];
        calls.compute(callSid, (sid, known) -> {
            Live live = known == null ? new Live() : known;
            count[0] = ++live.recoveries;
            return live;
        });
        return count[0];
    }

    /** The call is over. */
    public void forget(String callSid) {
        Live live = calls.remove(callSid);
        if (live != null) {
            cancelled(live);
        }
    }

    private static Live cancelled(Live live) {
        if (live.completion != null) {
            live.completion.cancel(false);
            live.completion = null;
        }
        return live;
    }
}
