package dev.patchbay.call;

import org.jspecify.annotations.Nullable;

/**
 * What went through the media leg of a call, in 20 ms frames.
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
}
