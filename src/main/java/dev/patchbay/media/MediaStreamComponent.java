package dev.patchbay.media;

import dev.patchbay.media.MediaFrame.Leg;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/** Camel's door to live audio: {@code media-stream:caller} and {@code media-stream:agent}. */
@Component("media-stream")
public final class MediaStreamComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        MediaPipeline pipeline = CamelContextHelper.findSingleByType(getCamelContext(), MediaPipeline.class);
        if (pipeline == null) {
            throw new IllegalStateException("media-stream needs a MediaPipeline in the registry");
        }
        return new MediaStreamEndpoint(uri, this, pipeline, Leg.valueOf(remaining.toUpperCase(Locale.ROOT)));
    }
}
