package dev.patchbay.media;

import dev.patchbay.media.MediaFrame.Leg;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Frames of live calls: consumed from one leg, produced to a leg. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "media-stream",
        title = "Media Stream",
        syntax = "media-stream:leg",
        category = {Category.MESSAGING})
public final class MediaStreamEndpoint extends DefaultEndpoint {

    @UriPath(enums = "caller,agent", description = "The leg of the call")
    @Metadata(required = true)
    private Leg leg;

    private final MediaPipeline pipeline;

    MediaStreamEndpoint(String uri, MediaStreamComponent component, MediaPipeline pipeline, Leg leg) {
        super(uri, component);
        this.pipeline = pipeline;
        this.leg = leg;
    }

    public Leg getLeg() {
        return leg;
    }

    public void setLeg(Leg leg) {
        this.leg = leg;
    }

    MediaPipeline pipeline() {
        return pipeline;
    }

    @Override
    public Producer createProducer() {
        return new MediaStreamProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        MediaStreamConsumer consumer = new MediaStreamConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }
}
