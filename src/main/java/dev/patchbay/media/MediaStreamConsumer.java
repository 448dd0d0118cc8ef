package dev.patchbay.media;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/** Brings each frame of a leg into a route, on the call's event loop. */
final class MediaStreamConsumer extends DefaultConsumer {

    private static final AsyncCallback DONE = done -> {};

    private final MediaStreamEndpoint endpoint;

    MediaStreamConsumer(MediaStreamEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.pipeline().open(endpoint.getLeg(), this::frame);
    }

    @Override
    protected void doStop() throws Exception {
        endpoint.pipeline().open(endpoint.getLeg(), null);
        super.doStop();
    }

    private void frame(MediaFrame frame) {
        Exchange exchange = createExchange(false);
        exchange.getIn().setBody(frame);
        // Without the detour that a synchronous call takes to wait for others: a media route never leaves the thread.
        getAsyncProcessor().process(exchange, DONE);
        Exception failed = exchange.getException();
        if (failed != null) {
            frame.stream().frameFailed();
            getExceptionHandler().handleException("A frame was dropped", failed);
        }
        releaseExchange(exchange, false);
    }
}
