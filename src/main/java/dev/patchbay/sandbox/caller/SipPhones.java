package dev.patchbay.sandbox.caller;

import io.vertx.core.Future;

/** Who is behind the SIP addresses that a simulated call dials. */
@FunctionalInterface
public interface SipPhones {

    /**
     * Rings at this address; completes when that leg is over.
     *
     * @return its {@code DialCallStatus}: {@code completed}, {@code failed}, ...
     */
    Future<String> dial(String sipUri, String callSid);
}
