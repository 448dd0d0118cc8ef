package dev.patchbay.store;

import dev.patchbay.call.CallStatus;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What calls and sessions are counted by.
 *
 * @param provider its name; {@value #NONE} where there is none, as of a call that no agent was chosen for
 * @param status in Twilio's words, or {@code created}, {@code active}, {@code ended} of a session
 */
public record ProviderStatus(String provider, String status) implements Comparable<ProviderStatus> {

    private static final String NONE = "none";

    private static final Comparator<ProviderStatus> ORDER =
            Comparator.comparing(ProviderStatus::provider).thenComparing(ProviderStatus::status);

    static ProviderStatus of(@Nullable String provider, @Nullable String status) {
        return new ProviderStatus(provider == null ? NONE : provider, status == null ? NONE : status);
    }

    /** Whether it is over. */
    public boolean isOver() {
        return status.equals("ended")
                || CallStatus.of(status).filter(CallStatus::isTerminal).isPresent();
    }

    @Override
    public int compareTo(ProviderStatus other) {
        return ORDER.compare(this, other);
    }
}
