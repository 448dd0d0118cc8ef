package dev.patchbay.route.source;

import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** What the sources have thrown away since the start, because a route was slower than what happened. */
@Component
final class SourceLosses {

    private final LongAdder events = new LongAdder();
    private final LongAdder audio = new LongAdder();

    void event() {
        events.increment();
    }

    /** A piece of audio, as it came from the phone or the agent. */
    void audio() {
        audio.increment();
    }

    long events() {
        return events.sum();
    }

    long audioPieces() {
        return audio.sum();
    }

    /** Whether the nth loss in a row is one to write down: the first, and then ever fewer, as the log must not suffer too. */
    static boolean isWorthALine(long nth) {
        return Long.bitCount(nth) == 1;
    }
}
