package dev.patchbay.store;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The figures of some calls.
 *
 * @param calls how many
 * @param errors those that failed, or have an error in their record
 * @param measured those with a duration
 * @param seconds the durations' sum
 * @param framesIn frames of 20 ms from callers
 * @param framesOut frames of 20 ms to callers
 * @param dropped frames that were given up
 * @param late frames that came too late
 * @param heard calls in which the agent was heard
 * @param firstAudioMillis the sum of the times until then
 * @param longestFirstAudioMillis the longest of them
 */
public record CallSums(
        long calls,
        long errors,
        long measured,
        long seconds,
        long framesIn,
        long framesOut,
        long dropped,
        long late,
        long heard,
        long firstAudioMillis,
        long longestFirstAudioMillis) {

    /** No calls. */
    public static final CallSums NONE = new CallSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    static CallSums of(Document call) {
        Document media = call.get(CallDocuments.MEDIA, new Document());
        Object duration = call.get(CallDocuments.DURATION);
        Object firstAudio = media.get("first_audio_ms");
        return new CallSums(
                1,
                CallScan.isFaulty(call) ? 1 : 0,
                duration == null ? 0 : 1,
                number(duration),
                number(media.get("frames_in")),
                number(media.get("frames_out")),
                number(media.get("dropped")),
                number(media.get("late")),
                firstAudio == null ? 0 : 1,
                number(firstAudio),
                number(firstAudio));
    }

    public CallSums plus(CallSums other) {
        return new CallSums(
                calls + other.calls,
                errors + other.errors,
                measured + other.measured,
                seconds + other.seconds,
                framesIn + other.framesIn,
                framesOut + other.framesOut,
                dropped + other.dropped,
                late + other.late,
                heard + other.heard,
                firstAudioMillis + other.firstAudioMillis,
                Math.max(longestFirstAudioMillis, other.longestFirstAudioMillis));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
