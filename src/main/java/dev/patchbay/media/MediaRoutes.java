package dev.patchbay.media;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/**
 * The way of a frame. In Java and in the main context, so that an edited YAML file never cuts a talking caller; as
 * routes, so that hawtio counts frames and a wire tap can record them.
 */
@Component
public final class MediaRoutes extends RouteBuilder {

    @Override
    public void configure() {
        MediaCodecProcessor codec = new MediaCodecProcessor();
        errorHandler(noErrorHandler());

        from("media-stream:caller")
                .routeId("media-caller")
                .noStreamCaching()
                .description("A caller's frame: mu-law 8000 Hz to the agent's format, to the agent")
                .process(codec)
                .id("media-caller-codec")
                .to("media-stream:agent")
                .id("media-caller-to-agent");

        from("media-stream:agent")
                .routeId("media-agent")
                .noStreamCaching()
                .description("An agent's frame: the agent's format to mu-law 8000 Hz, to the caller")
                .process(codec)
                .id("media-agent-codec")
                .to("media-stream:caller")
                .id("media-agent-to-caller");
    }
}
