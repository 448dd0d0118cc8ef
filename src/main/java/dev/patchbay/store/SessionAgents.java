package dev.patchbay.store;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.Call;
import dev.patchbay.call.Direction;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.session.SessionRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who talks in the call of a session, with which number, and what the session tells the agent to be. */
public final class SessionAgents {

    /** What the agent is told to be, in the context of a call that was ordered. */
    public static final String PROMPT = "system_prompt";

    private final AgentDirectory agents;
    private final CallContextStore contexts;
    private final @Nullable String defaultNumber;

    /** @param defaultNumber the number that calls come from unless their agent has one, E.164 */
    public SessionAgents(AgentDirectory agents, CallContextStore contexts, @Nullable String defaultNumber) {
        this.agents = agents;
        this.contexts = contexts;
        this.defaultNumber = defaultNumber;
    }

    /**
     * The agent that the order names, or else the general one.
     *
     * @param provider whose agent it must be; null: anybody's
     * @throws PatchbayException invalid request, naming the field {@code agent}
     */
    public Agent of(SessionRequest request, @Nullable String provider) {
        String name = request.agent();
        Optional<Agent> agent = agents.find(name == null ? AgentDirectory.GENERAL : name);
        if (name != null && agent.isEmpty()) {
            throw invalid("agent is unknown: " + name);
        }
        Agent found = agent.filter(known -> provider == null || known.provider().equals(provider))
                .orElseThrow(() -> invalid((name == null ? "agent is missing" : "agent is another provider's")
                        + (provider == null ? "" : "; an agent of " + provider + " is needed")));
        String prompt = request.config().systemPrompt();
        return prompt == null ? found : found.instructed(prompt);
    }

    /**
     * The number that a call of this agent comes from.
     *
     * @throws PatchbayException unavailable, when there is none
     */
    public String numberOf(Agent agent) {
        String number = agent.phoneNumber() == null ? defaultNumber : agent.phoneNumber();
        if (number == null) {
            throw new PatchbayException(
                    ErrorCategory.UNAVAILABLE, null, "No number to call from. Set TWILIO_PHONE_NUMBER");
        }
        return number;
    }

    /** The agent, told what came with the order of this call; calls that come in were not ordered. */
    public Agent instructed(Agent agent, Call call) {
        if (call.direction() != Direction.OUTBOUND) {
            return agent;
        }
        return contexts.find(call.id())
                .map(context -> context.values().get(PROMPT))
                .filter(String.class::isInstance)
                .map(prompt -> agent.instructed((String) prompt))
                .orElse(agent);
    }

    private static PatchbayException invalid(String message) {
        return new PatchbayException(ErrorCategory.INVALID_REQUEST, null, message);
    }
}
