package dev.patchbay.store;

import dev.patchbay.call.Call;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What comes out in a call before an agent has it, kept for an hour: what the caller answered, and which agent the call is
 * for. {@link CustomerContexts#contextOfCall} has the answers from then on, so that later steps and the agent know them.
 * All methods block: for worker threads only.
 */
public final class CallMemory {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final CallContextStore contexts;
    private final CallEventStore events;

    public CallMemory(CallContextStore contexts, CallEventStore events) {
        this.contexts = contexts;
        this.events = events;
    }

    /**
     * Notes an answer, as an event too.
     *
     * @param name as agents know it: {@code recording_consent}
     * @param value a text, number or boolean
     */
    public void learned(Call call, String name, Object value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(name + " is no name such as recording_consent");
        }
        contexts.add(call.id(), name, value);
        events.append(call.id(), "caller-answered", Map.of(name, value));
    }

    /** Notes an event. @param type in words with hyphens: {@code office-closed} */
    public void happened(Call call, String type) {
        events.append(call.id(), type, Map.of());
    }

    /** Keeps which agent the call is for while the caller is asked something. @param agentId null: nobody has said */
    public void keepAgent(Call call, @Nullable String agentId) {
        if (agentId != null) {
            contexts.assign(call.id(), agentId);
        }
    }

    /** The agent that was kept; null when there is none. */
    public @Nullable String agentOf(Call call) {
        return contexts.find(call.id()).map(CallContext::agentId).orElse(null);
    }
}
