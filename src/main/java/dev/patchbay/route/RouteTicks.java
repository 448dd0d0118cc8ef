package dev.patchbay.route;

import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.Suspendable;
import org.apache.camel.SuspendableService;
import org.apache.camel.component.timer.TimerEndpoint;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A route that acts by itself, in one generation, and when it did so last. A timer that is the same in the next generation
 * ticks when it would have ticked, and what it has done counts for its {@code repeatCount}: else every edit of any file
 * would begin all timers anew.
 */
final class RouteTicks extends RoutePolicySupport {

    /** From the start of a timer to its first tick, at least; in ms. */
    private static final long SETTLED = 50;

    private @Nullable Route route;
    private boolean wanted;
    private boolean running;
    private long startedAt;
    private boolean paused;
    private long lastAt;

    /** In this generation and in those before. */
    private long count;

    @Override
    public void onInit(Route made) {
        route = made;
        wanted = Boolean.TRUE.equals(made.isAutoStartup());
        made.setAutoStartup(false);
    }

    @Override
    public synchronized void onExchangeBegin(Route of, Exchange exchange) {
        if (paused && of.getEndpoint() instanceof TimerEndpoint) {
            // It began when the timer was about to be stopped; the next generation catches up with it.
            exchange.setRouteStop(true);
            return;
        }
        lastAt = System.currentTimeMillis();
        count++;
    }

    /**
     * Makes ready to start.
     *
     * @param before the same route in the generation before; null when there was none
     * @return false for a route that does not start by itself, or has nothing left to do
     */
    synchronized boolean goOnFrom(@Nullable RouteTicks before) {
        Route made = route;
        if (!wanted || made == null) {
            return false;
        }
        running = true;
        if (before != null && before.isSameAs(made)) {
            synchronized (before) {
                lastAt = before.lastAt;
                count = before.count;
                startedAt = before.startedAt;
            }
            running = schedule(made.getEndpoint(), true);
        } else {
            startedAt = System.currentTimeMillis();
        }
        settle(made.getEndpoint());
        return running;
    }

    /** Camel leaves a tick out that comes before it has ended starting the timer. */
    private static void settle(Endpoint endpoint) {
        if (endpoint instanceof TimerEndpoint timer && timer.getTime() == null && timer.getDelay() >= 0) {
            timer.setDelay(Math.max(SETTLED, timer.getDelay()));
        }
    }

    private boolean isSameAs(Route other) {
        return route != null
                && route.getEndpoint()
                        .getEndpointUri()
                        .equals(other.getEndpoint().getEndpointUri());
    }

    /**
     * Sets when the first tick is.
     *
     * @param anew whether the endpoint is as its URI says; else it has been here before
     * @return false when there is none
     */
    private boolean schedule(Endpoint endpoint, boolean anew) {
        if (endpoint instanceof TimerEndpoint timer && timer.getDelay() >= 0) {
            return schedule(timer, anew);
        }
        if (endpoint instanceof ScheduledPollEndpoint poll && count > 0) {
            TimeUnit unit = poll.getTimeUnit();
            poll.setInitialDelay(unit.convert(untilDue(unit.toMillis(poll.getDelay())), TimeUnit.MILLISECONDS));
        }
        return true;
    }

    private boolean schedule(TimerEndpoint timer, boolean anew) {
        long repeat = timer.getRepeatCount();
        if (anew && repeat > 0) {
            if (count >= repeat) {
                return false;
            }
            timer.setRepeatCount(repeat - count);
        }
        if (count > 0) {
            if (timer.getPeriod() <= 0) {
                return false;
            }
            timer.setTime(null);
            timer.setDelay(untilDue(timer.getPeriod()));
        } else if (timer.getTime() == null && anew) {
            timer.setDelay(Math.max(0, startedAt + timer.getDelay() - System.currentTimeMillis()));
        }
        return true;
    }

    private long untilDue(long period) {
        return Math.max(0, lastAt + period - System.currentTimeMillis());
    }

    /** No tick begins after this; what has begun goes on to its end. */
    void pause() {
        synchronized (this) {
            paused = true;
        }
        Route made = route;
        if (running && made != null && made.getConsumer() != null) {
            SuspendableService resting = resting(made);
            if (resting == null) {
                made.getConsumer().stop();
            } else {
                resting.suspend();
            }
        }
    }

    /** The pause was for nothing. */
    void goOn() {
        Route made = route;
        boolean again;
        synchronized (this) {
            paused = false;
            again = running && made != null && schedule(made.getEndpoint(), false);
        }
        if (again && made != null) {
            settle(made.getEndpoint());
            SuspendableService resting = resting(made);
            if (resting == null) {
                made.getConsumer().start();
            } else {
                resting.resume();
            }
        }
    }

    /**
     * The consumer of a timer, scheduler or cron, which begins nothing while it is suspended. To stop it would interrupt
     * what it is at, and stop the route's further steps: of one that is in the middle of a call.
     *
     * @return null of a consumer that cannot be suspended
     */
    private static @Nullable SuspendableService resting(Route made) {
        return made.getConsumer() instanceof Suspendable && made.getConsumer() instanceof SuspendableService consumer
                ? consumer
                : null;
    }
}
