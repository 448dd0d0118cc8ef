package dev.patchbay.route;

import dev.patchbay.call.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.slf4j.LoggerFactory;

/**
 * The calls whose way through the routes is written to the log, step by step: switched on for one call by whoever wants to
 * know why it went where it went, and off by itself after a while. Ids only are written, nothing that anybody said.
 */
public final class CallPaths {

    /** So long at most; a call's events come in long after it. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** More at a time would be a log of everything. */
    private static final int MOST = 100;

    private final Map<String, Instant> watched = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Consumer<String> lines;

    public CallPaths(Clock clock) {
        this(clock, LoggerFactory.getLogger(CallPaths.class)::info);
    }

    CallPaths(Clock clock, Consumer<String> lines) {
        this.clock = clock;
        this.lines = lines;
    }

    /**
     * Watches a call, that of the future included.
     *
     * @param id ours, or its provider's: the CallSid, a Retell call_id
     * @return until when
     * @throws IllegalArgumentException when too many are watched, or for longer than {@link #LONGEST}
     */
    public Instant watch(String id, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A call is watched for 1 minute to " + LONGEST.toHours() + " h");
        }
        forgetOld();
        if (watched.size() >= MOST && !watched.containsKey(id)) {
            throw new IllegalArgumentException(MOST + " calls are watched already");
        }
        Instant until = clock.instant().plus(time);
        watched.put(id, until);
        return until;
    }

    /** @return whether it was watched */
    public boolean leave(String id) {
        return watched.remove(id) != null;
    }

    /** The calls that are watched, and until when. */
    public Map<String, Instant> watched() {
        forgetOld();
        return new TreeMap<>(watched);
    }

    /** Has the routes of a context tell their steps. Before they are loaded. */
    void follow(CamelContext context) {
        context.setTracingStandby(true);
        context.setTracer(new CallTracer(this, lines));
    }

    boolean isNobodyWatched() {
        return watched.isEmpty();
    }

    /** Which watched call an exchange is about, by what it holds now. */
    Optional<String> callOf(Exchange exchange) {
        return ids(exchange).filter(this::isWatched).findFirst();
    }

    private static Stream<String> ids(Exchange exchange) {
        Object call = exchange.getVariable("call");
        if (call instanceof Call known) {
            return Stream.of(known.id(), known.callSid(), known.providerCallId())
                    .filter(id -> id != null)
                    .map(String::valueOf);
        }
        Object body = exchange.getMessage().getBody();
        return Stream.of(
                        call,
                        exchange.getVariable("callId"),
                        exchange.getVariable("callSid"),
                        exchange.getMessage().getHeader("call"),
                        exchange.getMessage().getHeader("id"),
                        body instanceof Map<?, ?> form ? form.get("CallSid") : null)
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private boolean isWatched(String id) {
        Instant until = watched.get(id);
        return until != null && until.isAfter(clock.instant());
    }

    private void forgetOld() {
        Instant now = clock.instant();
        watched.values().removeIf(until -> !until.isAfter(now));
    }
}
