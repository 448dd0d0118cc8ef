package dev.patchbay.provider.twilio;

import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which calls are recorded, and for how long.
 *
 * @param calls {@code PATCHBAY_RECORD_CALLS}: {@code off}: those that are ordered so; {@code on}: all; {@code on-consent}:
 *     also those of customers whose field {@code recording_consent} is true
 * @param days {@code PATCHBAY_RECORDING_DAYS}: how many days a recording is kept; null: until somebody deletes it
 */
@ConfigurationProperties("patchbay.recording")
public record RecordingPolicy(
        @Nullable String calls, @Nullable Integer days) {

    /** The customer's field. */
    static final String CONSENT = "recording_consent";

    private static final Set<String> MODES = Set.of("off", "on", "on-consent");

    public RecordingPolicy {
        calls = Objects.requireNonNullElse(Setting.text(calls), "off");
        // YAML and shells have their own ideas about on and off.
        calls = calls.equals("true") ? "on" : calls.equals("false") ? "off" : calls;
        if (!MODES.contains(calls)) {
            throw new InvalidSettingException("PATCHBAY_RECORD_CALLS", "must be off, on or on-consent");
        }
        if (days != null && days < 1) {
            throw new InvalidSettingException("PATCHBAY_RECORDING_DAYS", "must be 1 or more");
        }
    }

    /** Whether every call is recorded. */
    boolean always() {
        return "on".equals(calls);
    }

    /** Whether it depends on what is known of the customer. */
    boolean asksTheCustomer() {
        return "on-consent".equals(calls);
    }

    /** Whether a call with this context is recorded. */
    boolean records(Map<String, ?> context) {
        return always() || (asksTheCustomer() && Boolean.TRUE.equals(context.get(CONSENT)));
    }
}
