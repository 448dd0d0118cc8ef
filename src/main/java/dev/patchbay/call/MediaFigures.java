package dev.patchbay.call;

import org.jspecify.annotations.Nullable;

/**
 * What went through the media legs of a call, in 20 ms frames.
 *
 * @param framesIn frames that came from the caller
 * @param framesOut frames that went to the caller
 * @param dropped caller frames given up because the agent could not take them in time
 * @param late frames that left more than one frame after they were due
 * @param firstAudioMs milliseconds from the stream's start to the agent's first audio; null when there was none
 */
public record MediaFigures(
        long framesIn,
        long framesOut,
        long dropped,
        long late,
        @Nullable Long firstAudioMs) {

    /** A call without media so far. */
    public static final MediaFigures NONE = new MediaFigures(0, 0, 0, 0, null);

    /** Those of two legs of one call, of which this one was first. */
    public MediaFigures plus(MediaFigures later) {
        return new MediaFigures(
                framesIn + later.framesIn,
                framesOut + later.framesOut,
                dropped + later.dropped,
                late + later.late,
                firstAudioMs == null ? later.firstAudioMs : firstAudioMs);
    }
}
