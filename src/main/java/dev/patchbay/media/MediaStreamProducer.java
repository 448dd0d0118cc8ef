package dev.patchbay.media;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Hands a frame to the leg on the other side of the call that it came from. */
final class MediaStreamProducer extends DefaultProducer {

    MediaStreamProducer(MediaStreamEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public void process(Exchange exchange) {
        MediaFrame frame = (MediaFrame) exchange.getIn().getBody();
        frame.stream().deliver(frame);
    }
}
