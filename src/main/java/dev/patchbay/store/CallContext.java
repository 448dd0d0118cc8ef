package dev.patchbay.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a caller when the call is answered, kept until the media stream of that call asks for it.
 *
 * @param agentId the agent chosen for the call; null while there is none
 * @param values customer fields and the like, JSON-ready
 */
public record CallContext(String callSid, @Nullable String agentId, Map<String, Object> values) {}
