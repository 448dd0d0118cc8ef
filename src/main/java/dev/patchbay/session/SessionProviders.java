package dev.patchbay.session;

import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.session.SessionRequest.Service;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who carries sessions, and who does not: asked before anything is created. */
public final class SessionProviders {

    private final List<SessionProvider> providers;

    public SessionProviders(List<SessionProvider> providers) {
        this.providers = List.copyOf(providers);
    }

    /**
     * The provider of this name, when it is set up.
     *
     * @throws PatchbayException invalid request for a name that nobody has, unavailable when it is not set up
     */
    public String required(String name) {
        SessionProvider provider = providers.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Fields.invalid(
                        "provider",
                        "must be one of "
                                + providers.stream().map(SessionProvider::name).collect(Collectors.joining(", "))));
        if (!provider.missing().isEmpty()) {
            throw new PatchbayException(
                    ErrorCategory.UNAVAILABLE,
                    name,
                    provider.title() + " not configured. Set " + String.join(", ", provider.missing()));
        }
        return provider.name();
    }

    /**
     * Checks that the agent does itself what the order wants to be done: a voice agent hears, thinks and speaks on its
     * own, and nobody puts one together of several connectors.
     *
     * @param agentProvider who runs the agent of the session; null when no agent takes part
     * @throws PatchbayException not supported, naming the first service that nobody serves
     */
    public void requireServed(SessionRequest request, @Nullable String agentProvider) {
        for (Service service : request.config().services()) {
            if (!service.connector().equals(agentProvider)) {
                throw new PatchbayException(
                        ErrorCategory.NOT_SUPPORTED,
                        request.provider(),
                        "config: nothing serves " + service.name() + " with the connector " + service.connector()
                                + (agentProvider == null
                                        ? " in a session of " + request.provider()
                                        : "; the agent of this session is " + agentProvider
                                                + "'s and does all itself"));
            }
        }
    }
}
