package dev.patchbay.store;

import java.util.Map;

/**
 * What is known about a caller when the call is answered, kept until the media stream of that call asks for it.
 *
 * @param agentId the agent chosen for the call
 * @param values customer fields and the like, JSON-ready
 */
public record CallContext(String callSid, String agentId, Map<String, Object> values) {}
