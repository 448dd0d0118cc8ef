package dev.patchbay.provider.retell;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.call.PhoneNumber;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.session.SessionRequest;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.twiml.Twiml;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a Twilio call to a Retell agent: the call is registered with Retell, and Twilio dials the SIP address that waits
 * for it. The audio never comes here. The log lines and the words of the failures are those of the older application that
 * people look for.
 */
public final class RetellCalls {

    private static final Logger LOG = LoggerFactory.getLogger(RetellCalls.class);
    private static final String FALLBACK = "/webhooks/twilio/fallback";

    private final RetellApi retell;
    private final String sipDomain;
    private final CallStore calls;
    private final CallEventStore events;
    private final PublicOrigin origin;

    public RetellCalls(
            RetellApi retell, String sipDomain, CallStore calls, CallEventStore events, PublicOrigin origin) {
        this.retell = retell;
        this.sipDomain = sipDomain;
        this.calls = calls;
        this.events = events;
        this.origin = origin;
    }

    /**
     * Registers the call with Retell and notes Retell's id on the record. A repeated webhook for a call that nobody has
     * taken yet gets the registration that is there.
     *
     * @param context what the agent is told; null: nothing
     * @param recovery how often the call was to be saved; null when this is its first agent
     * @return Retell's call_id
     */
    public String register(
            @Nullable Call call, Agent agent, @Nullable Map<String, Object> context, @Nullable Integer recovery) {
        if (call == null) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, "retell", "There is no call to register");
        }
        LOG.info(
                "Processing Twilio webhook for agent {}: Call from {} to {}",
                agent.id(),
                PhoneNumber.masked(call.from()),
                PhoneNumber.masked(call.to()));
        requireRetellAgent(agent);
        if (recovery == null && isRegistered(call, agent)) {
            return String.valueOf(call.providerCallId());
        }
        String callId =
                retell.registerPhoneCall(RetellRequests.register(call, agent, context == null ? Map.of() : context));
        calls.assign(call.id(), agent.provider(), agent.id());
        calls.providerCall(call.id(), callId);
        events.append(call.id(), "retell-call-registered", Map.of("agent_id", agent.id(), "retell_call_id", callId));
        LOG.info("Registered call with Retell. Call ID: {}", callId);
        return callId;
    }

    /**
     * TwiML that dials the registered call.
     *
     * @param callId Retell's
     */
    public String dial(String callId) {
        LOG.info("Generating TwiML to connect to Retell SIP endpoint");
        return Twiml.dialSip("sip:" + callId + "@" + sipDomain, URI.create(origin.url(FALLBACK)));
    }

    /**
     * Has Retell itself place the call of a session. The audio never comes here, and nobody but Retell can end it.
     *
     * @param from one of our numbers that Retell knows, E.164
     * @return the record of the call
     */
    public Call place(SessionRequest request, Agent agent, Map<String, Object> context, String from) {
        requireRetellAgent(agent);
        String to = request.phone();
        String callId = retell.createPhoneCall(RetellRequests.create(request.id(), from, to, agent, context));
        Call call = calls.open(new Call(
                request.id(),
                null,
                agent.provider(),
                callId,
                Direction.OUTBOUND,
                from,
                to,
                agent.id(),
                CallStatus.QUEUED,
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE));
        events.append(call.id(), "retell-call-created", Map.of("agent_id", agent.id(), "retell_call_id", callId));
        return call;
    }

    /** @throws PatchbayException not supported: Retell's API has nothing that ends a call */
    public void hangUp() {
        throw new PatchbayException(
                ErrorCategory.NOT_SUPPORTED,
                "retell",
                "Retell cannot end a call that it placed; its agent or callee does");
    }

    private static void requireRetellAgent(Agent agent) {
        String agentId = agent.retellAgentId();
        if (agentId == null || agentId.isBlank()) {
            throw new PatchbayException(ErrorCategory.UNPROCESSABLE, "retell", "Agent does not have a Retell agent ID");
        }
    }

    private static boolean isRegistered(Call call, Agent agent) {
        return call.providerCallId() != null
                && agent.provider().equals(call.provider())
                && agent.id().equals(call.agentId())
                && CallStatus.IN_PROGRESS.mayFollow(call.status());
    }
}
