package dev.patchbay.route.source;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** What the sources of live calls have in common: how a route is run with something, and how it finishes at an edit. */
abstract class SourceConsumer extends DefaultConsumer implements ShutdownAware {

    SourceConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Runs the route on the calling thread; what fails is told to Camel's exception handler and goes no further. */
    final void run(String what, Processor fill) {
        Exchange exchange = createExchange(false);
        try {
            fill.process(exchange);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            getExceptionHandler().handleException(what + " failed", exchange, exchange.getException());
        }
        releaseExchange(exchange, false);
    }

    /** What waits is finished first, as the routes behind it run as long. */
    @Override
    public final boolean deferShutdown(ShutdownRunningTask task) {
        return true;
    }

    @Override
    public final void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing more is told since the next generation is current.
    }
}
