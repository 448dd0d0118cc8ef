package dev.patchbay.media;

import dev.patchbay.media.MediaFrame.Leg;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The two doors of the media routes: a frame put in here comes out at the other leg, transcoded. */
@Component
public final class MediaPipeline {

    private volatile @Nullable Consumer<MediaFrame> fromCaller;
    private volatile @Nullable Consumer<MediaFrame> fromAgent;

    /** Opens a door; null closes it, and its frames are dropped and counted by the stream. */
    public void open(Leg leg, @Nullable Consumer<MediaFrame> route) {
        if (leg == Leg.CALLER) {
            fromCaller = route;
        } else {
            fromAgent = route;
        }
    }

    /** Runs the frame through its route, on the calling thread. */
    void pass(MediaFrame frame) {
        Consumer<MediaFrame> route = frame.from() == Leg.CALLER ? fromCaller : fromAgent;
        if (route != null) {
            route.accept(frame);
        } else {
            frame.stream().frameFailed();
        }
    }
}
