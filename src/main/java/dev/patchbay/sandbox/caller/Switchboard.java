package dev.patchbay.sandbox.caller;

/**
 * What simulated calls have in common: the phones that they reach, where they meet, and where their recordings go.
 *
 * @param phones who is behind {@code <Dial><Sip>}
 * @param shelf where {@code <Start><Recording>} and {@code <Record>} go
 */
record Switchboard(SipPhones phones, RecordingShelf shelf, Conferences conferences, Queues queues) {}
