package dev.patchbay.media;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Transcodes a frame between the caller's mu-law and the agent's format, in place. */
public final class MediaCodecProcessor implements Processor {

    @Override
    public void process(Exchange exchange) {
        MediaFrame frame = (MediaFrame) exchange.getIn().getBody();
        frame.stream().transcode(frame);
    }
}
