package dev.patchbay.media;

import dev.patchbay.settings.InvalidSettingException;
import dev.patchbay.settings.Setting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Limits of live calls; an agent's own limits come first.
 *
 * @param maxCalls concurrent media calls ({@code PATCHBAY_MAX_CALLS}); null: {@value #CALLS_PER_CORE} per core
 * @param attemptTimeout one attempt to set the agent's leg up
 * @param setupDeadline from the stream's {@code start} until the caller's socket is given up
 * @param reconnectDeadline for a new conversation when the agent is lost in mid-call
 * @param stall no message of any kind from the agent
 * @param silence neither side speaks
 * @param maxCall longest call
 * @param tokenLifetime from the TwiML answer until the media socket must be open
 * @param startTimeout from the open media socket until {@code start}
 * @param completionGrace after the stream's {@code stop}, for Twilio to say how the call ended
 */
@ConfigurationProperties("patchbay.media")
public record MediaProperties(
        @Nullable Integer maxCalls,
        Duration attemptTimeout,
        Duration setupDeadline,
        Duration reconnectDeadline,
        Duration stall,
        Duration silence,
        Duration maxCall,
        Duration tokenLifetime,
        Duration startTimeout,
        Duration completionGrace) {

    /** What one core carries with a p99 turnaround of 20 ms. */
    public static final int CALLS_PER_CORE = 400;

    public MediaProperties {
        if (maxCalls != null && maxCalls < 1) {
            throw new InvalidSettingException("PATCHBAY_MAX_CALLS", maxCalls + " is not a number of calls above zero");
        }
        Setting.positive("patchbay.media.attempt-timeout", attemptTimeout);
        Setting.positive("patchbay.media.setup-deadline", setupDeadline);
        Setting.positive("patchbay.media.reconnect-deadline", reconnectDeadline);
        Setting.positive("patchbay.media.stall", stall);
        Setting.positive("patchbay.media.silence", silence);
        Setting.positive("patchbay.media.max-call", maxCall);
        Setting.positive("patchbay.media.token-lifetime", tokenLifetime);
        Setting.positive("patchbay.media.start-timeout", startTimeout);
        Setting.positive("patchbay.media.completion-grace", completionGrace);
    }

    /** How many calls may be live at once. */
    public int callLimit() {
        return maxCalls != null
                ? maxCalls
                : CALLS_PER_CORE * Runtime.getRuntime().availableProcessors();
    }
}
