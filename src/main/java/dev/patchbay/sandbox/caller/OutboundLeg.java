package dev.patchbay.sandbox.caller;

import org.jspecify.annotations.Nullable;

/**
 * What makes a simulated call one that the gateway has placed: somebody is rung and picks up.
 *
 * @param callSid the id that the gateway was told
 * @param twiml the document that came with the order; null: it is asked for at the voice path
 * @param outcome {@code completed} when somebody picks up, else {@code busy}, {@code no-answer} or {@code failed}
 * @param answeredBy what machine detection finds: {@code human}, {@code machine_start}; null: nobody asked
 */
public record OutboundLeg(
        String callSid,
        @Nullable String twiml,
        String outcome,
        @Nullable String answeredBy) {}
