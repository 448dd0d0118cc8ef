package dev.patchbay.recipe;

import dev.patchbay.call.Call;
import dev.patchbay.store.AlertStore;
import dev.patchbay.store.AlertStore.Alert;
import dev.patchbay.store.AlertStore.State;
import dev.patchbay.store.CallEventStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An alert, from the check that fails to the person who takes it. A bean of {@code routes/recipe/alert-call}. The alert is
 * kept in the store, so that a restart forgets nobody and several gateways call one person at a time. All methods block:
 * for worker threads only.
 */
public final class AlertCalls {

    /** Nothing was heard of a call for so long: nothing will be. Twilio lets a phone ring for a minute. */
    private static final Duration LOST = Duration.ofMinutes(3);

    /** Nobody could be called, because Twilio is down for example: tried again after this. */
    private static final Duration RETRY = Duration.ofSeconds(30);

    /** An alert that somebody has taken, or nobody heard, and that is still there: people are called again. */
    private static final Duration AGAIN = Duration.ofHours(1);

    private static final String TAKES_IT = "1";

    private static final Logger LOG = LoggerFactory.getLogger(AlertCalls.class);

    private final AlertStore alerts;
    private final CallEventStore events;
    private final Clock clock;

    public AlertCalls(AlertStore alerts, CallEventStore events, Clock clock) {
        this.alerts = alerts;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Takes the outcome of a check.
     *
     * @param alert its name
     * @param patience how many checks must fail one after the other before anybody is called
     * @return whether {@link #next} is to be asked now whom to call
     */
    public boolean checked(String alert, boolean healthy, int patience) {
        if (healthy) {
            Change well = change(
                    alert,
                    known -> known.state() != State.QUIET || known.failures() > 0,
                    known -> known.quiet(clock.instant()));
            if (well.before().state() != State.QUIET) {
                LOG.info("Alert {}: all is well again", alert);
            }
            return false;
        }
        Instant now = clock.instant();
        Change failed = change(
                alert,
                known -> true,
                known -> isDue(known, patience, now) ? callable(known.failed(), now) : known.failed());
        boolean due = isDue(failed.before(), patience, now);
        if (due) {
            LOG.warn("Alert {}: {} checks have failed", alert, failed.after().failures());
        }
        return due;
    }

    /** Whom to call now, E.164; null when the alert is over, taken, or everybody was called in vain. */
    public @Nullable String next(String alert, PhoneList people) {
        Change now = change(
                alert,
                known -> known.state() == State.CALLING && known.calls() >= people.size(),
                known -> known.settled(State.UNHEARD, clock.instant()));
        if (now.happened()) {
            LOG.error("Alert {}: all {} calls were in vain: nobody has taken it", alert, people.size());
        }
        return now.after().state() == State.CALLING ? people.number(now.after().turn()) : null;
    }

    /**
     * A call is about to be placed. It is noted first, because its end may be told before its beginning.
     *
     * @param callId our id of it
     */
    public void calling(String alert, String callId) {
        LOG.info("Alert {}: calling, call {}", alert, callId);
        change(alert, known -> known.state() == State.CALLING, known -> known.calling(callId, clock.instant()));
    }

    /** The call was placed. */
    public void placed(String alert, String callId) {
        change(alert, known -> isAbout(known, callId), Alert::placed);
    }

    /**
     * The call could not be placed, and nobody counts it.
     *
     * @return whether the next person is to be called now; when nobody can be, a later check tries again
     */
    public boolean refused(String alert, String callId, PhoneList people) {
        Change refused = change(alert, known -> isAbout(known, callId), known -> known.refused(clock.instant()));
        return refused.happened() && refused.after().refused() % people.size() != 0;
    }

    /**
     * A call is over.
     *
     * @return whether the next person is to be called now: it was the alert's call, and nobody has taken the alert
     */
    public boolean missed(String alert, String callId) {
        return change(alert, known -> isAbout(known, callId), known -> known.placed()
                        .waiting(clock.instant()))
                .happened();
    }

    /**
     * Somebody who was called has pressed a key. Who was called before and takes it late takes it too.
     *
     * @return {@code taken}, {@code over} when there is nothing to take any more, {@code other} for another key
     */
    public String pressed(String alert, Call call, Map<String, String> form) {
        if (!TAKES_IT.equals(form.get("Digits"))) {
            return "other";
        }
        Change taken = change(
                alert,
                known -> known.state() == State.CALLING || known.state() == State.UNHEARD,
                known -> known.settled(State.TAKEN, clock.instant()));
        if (!taken.happened()) {
            return "over";
        }
        events.append(call.id(), "alert-taken", Map.of("alert", alert));
        LOG.info("Alert {}: taken in call {}", alert, call.id());
        return "taken";
    }

    private static boolean isAbout(Alert alert, String callId) {
        return alert.state() == State.CALLING && callId.equals(alert.callId());
    }

    /** Whether one more check that fails has somebody called. */
    private static boolean isDue(Alert alert, int patience, Instant now) {
        Duration age = Duration.between(alert.since(), now);
        return switch (alert.state()) {
            case QUIET -> alert.failures() + 1 >= patience;
            case CALLING -> age.compareTo(alert.callId() == null ? RETRY : LOST) > 0;
            case TAKEN, UNHEARD -> age.compareTo(AGAIN) > 0;
        };
    }

    private static Alert callable(Alert alert, Instant now) {
        return alert.state() == State.CALLING ? alert.waiting(now) : alert.raised(now);
    }

    /** What an alert was and what it is now; the same when there was nothing to change. */
    private record Change(Alert before, Alert after) {
        boolean happened() {
            return !before.equals(after);
        }
    }

    private Change change(String name, Predicate<Alert> applies, UnaryOperator<Alert> change) {
        while (true) {
            Alert before = alerts.find(name);
            Alert after = applies.test(before) ? change.apply(before) : before;
            if (after.equals(before) || alerts.change(before, after)) {
                return new Change(before, after);
            }
        }
    }
}
