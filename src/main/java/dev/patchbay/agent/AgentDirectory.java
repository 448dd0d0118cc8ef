package dev.patchbay.agent;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds agents: those that are stored first, then those that come with the configuration ({@code general}, {@code echo}).
 */
public final class AgentDirectory {

    /** The agent for everybody else. */
    public static final String GENERAL = "general";

    private final Function<String, Optional<Agent>> byIdOrName;
    private final Function<String, Optional<Agent>> byNumber;
    private final List<Agent> configured;

    public AgentDirectory(
            Function<String, Optional<Agent>> byIdOrName,
            Function<String, Optional<Agent>> byNumber,
            List<Agent> configured) {
        this.byIdOrName = byIdOrName;
        this.byNumber = byNumber;
        this.configured = List.copyOf(configured);
    }

    /** The agent with this id or name. */
    public Optional<Agent> find(String idOrName) {
        return byIdOrName.apply(idOrName).or(() -> configured.stream()
                .filter(agent -> agent.id().equals(idOrName) || agent.name().equals(idOrName))
                .findFirst());
    }

    /**
     * The agent with this id or name.
     *
     * @throws PatchbayException not found, when there is none
     */
    public Agent required(String idOrName) {
        return find(idOrName)
                .orElseThrow(
                        () -> new PatchbayException(ErrorCategory.NOT_FOUND, null, "Agent not found: " + idOrName));
    }

    /**
     * The agent that a kamelet was given: itself, or its id or name.
     *
     * @throws PatchbayException invalid request, when nothing was given; not found, when there is none
     */
    public Agent given(@Nullable Object agent) {
        if (agent instanceof Agent itself) {
            return itself;
        }
        if (agent == null || agent.toString().isBlank()) {
            throw new PatchbayException(
                    ErrorCategory.INVALID_REQUEST, null, "agent is missing: none was chosen before");
        }
        return required(agent.toString());
    }

    public boolean exists(String idOrName) {
        return find(idOrName).isPresent();
    }

    /** Whether an agent answers this number of ours. */
    public boolean answers(@Nullable String number) {
        return number != null && byNumber.apply(number).isPresent();
    }

    /** The agent that answers this number of ours, or the general one. */
    public Agent ofNumber(String number) {
        return byNumber.apply(number).orElseGet(() -> named(GENERAL));
    }

    /**
     * The agent with this id or name, or the general one when there is none such.
     *
     * @throws IllegalStateException when there is no general agent either: nothing is configured that could answer
     */
    public Agent named(String idOrName) {
        return Stream.of(idOrName, GENERAL)
                .flatMap(name -> find(name).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No agent " + idOrName + " and no general agent. Set ELEVENLABS_API_KEY, ELEVENLABS_AGENT_ID"));
    }
}
