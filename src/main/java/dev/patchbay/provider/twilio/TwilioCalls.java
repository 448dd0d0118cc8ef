package dev.patchbay.provider.twilio;

import dev.patchbay.agent.Agent;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallRegistry;
import dev.patchbay.call.CallRegistry.LegEnd;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.call.Placement;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.PublicOrigin;
import dev.patchbay.media.AgentCall;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.media.MediaStreams.Expected;
import dev.patchbay.store.CallContextStore;
import dev.patchbay.store.CallEnd;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.twiml.Twiml;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's voice webhooks in the words of a call. The YAML routes decide; this class reads the forms (CONTRACTS 2.1, 2.2),
 * keeps the record and writes the TwiML that needs the gateway's own URLs.
 */
public final class TwilioCalls {

    /** Name and value of a {@code <Parameter>} together, in characters. */
    private static final int PARAMETER_LIMIT = 500;

    private static final Pattern STEP = Pattern.compile("[a-z]+(-[a-z]+){0,7}");
    private static final Pattern OUR_ID = Pattern.compile("[0-9A-Z]{26}");

    private final CallStore calls;
    private final CallEventStore events;
    private final CallContextStore contexts;
    private final CallRegistry registry;
    private final MediaStreams streams;
    private final MediaProperties media;
    private final PublicOrigin origin;

    public TwilioCalls(
            CallStore calls,
            CallEventStore events,
            CallContextStore contexts,
            CallRegistry registry,
            MediaStreams streams,
            MediaProperties media,
            PublicOrigin origin) {
        this.calls = calls;
        this.events = events;
        this.contexts = contexts;
        this.registry = registry;
        this.streams = streams;
        this.media = media;
        this.origin = origin;
    }

    /** The call that a voice webhook is about: a new record, or the one that the CallSid has already. */
    public Call received(Map<String, String> form) {
        return received(form, null);
    }

    /**
     * The same for a call that we placed.
     *
     * @param placed our id of the call, from the URL that Twilio was given; null for a call that came in
     */
    public Call received(Map<String, String> form, @Nullable String placed) {
        registry.heardOf(callSid(form));
        return ofEvent(form, placed);
    }

    /**
     * The call that an event of something else is about, of its recording for example: found or made as above, but whether
     * the call goes on such an event does not tell.
     */
    public Call ofEvent(Map<String, String> form, @Nullable String placed) {
        String callSid = callSid(form);
        Direction direction = form.getOrDefault("Direction", "inbound").startsWith("outbound")
                ? Direction.OUTBOUND
                : Direction.INBOUND;
        CallStatus status = status(form).filter(s -> !s.isTerminal()).orElse(CallStatus.RINGING);
        Call received = new Call(
                placed != null && OUR_ID.matcher(placed).matches() ? placed : Ids.next(),
                callSid,
                null,
                null,
                direction,
                form.get("From"),
                form.get("To"),
                null,
                status,
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
        Optional<Call> known = calls.ofTwilio(callSid);
        Call call = known.orElseGet(() -> calls.open(received));
        if (known.isEmpty() && call.id().equals(received.id())) {
            events.append(
                    call.id(),
                    "call-received",
                    Map.of("direction", direction.name().toLowerCase(Locale.ROOT)));
        }
        return call;
    }

    /** Keeps a call that Twilio has taken from us. An event of it may have come before. */
    public Call placed(Placement placement, com.twilio.rest.api.v2010.account.Call taken) {
        Call placed = new Call(
                placement.id(),
                taken.getSid(),
                null,
                null,
                Direction.OUTBOUND,
                placement.from(),
                placement.to(),
                placement.agentId(),
                CallStatus.QUEUED,
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
        Call call = calls.open(placed);
        if (placement.agentId() != null && call.agentId() == null) {
            calls.meantFor(call.id(), placement.agentId());
        }
        events.append(call.id(), "call-placed", Map.of("record", placement.record()));
        return call;
    }

    /** Whether a post to a voice door is really a status event: some consoles are set up with one URL for both. */
    public boolean isStatusEvent(Map<String, String> form) {
        return form.containsKey("CallbackSource")
                || status(form).filter(CallStatus::isTerminal).isPresent();
    }

    /** Takes a status event: forward only, completed once. Events of calls that we never answered are opened as such. */
    public void statusEvent(Map<String, String> form) {
        statusEvent(form, null);
    }

    /** The same; {@code placed} as for {@link #received(Map, String)}. */
    public void statusEvent(Map<String, String> form, @Nullable String placed) {
        Call call = received(form, placed);
        Optional<CallStatus> status = status(form);
        if (status.isEmpty()) {
            return;
        }
        boolean changed = status.get().isTerminal()
                ? calls.complete(call, new CallEnd(status.get(), Instant.now(), duration(form), endedBy(call), null))
                : calls.advance(call, status.get(), Instant.now());
        if (changed) {
            events.append(
                    call.id(), "call-status", Map.of("status", status.get().wire()));
        }
        if (status.get().isTerminal()) {
            registry.forget(callSid(form));
        }
    }

    /** Connects the call to an agent whose own provider carries live audio: {@link #connect(Call, Agent, Map, String)}. */
    public String connect(Call call, Agent agent, Map<String, Object> context) {
        return connect(call, agent, context, agent.provider());
    }

    /**
     * Connects the call to an agent that takes live audio.
     *
     * @param audio the provider that carries it, by its name: the agent's own, or another one whose protocol the agent
     *     speaks
     * @return TwiML: {@code <Connect><Stream>}, or busy when the gateway is full
     * @throws IllegalArgumentException when this provider takes no live audio
     */
    public String connect(Call call, Agent agent, Map<String, Object> context, String audio) {
        String callSid = String.valueOf(call.callSid());
        Optional<Expected> expected =
                streams.expect(new AgentCall(call.id(), callSid, agent, context, true, isResumed(call, agent)), audio);
        if (expected.isEmpty()) {
            calls.complete(call, new CallEnd(CallStatus.BUSY, Instant.now(), 0, "gateway", "All lines are busy"));
            events.append(call.id(), "call-refused", Map.of("reason", "all lines are busy"));
            return Twiml.busy();
        }
        calls.answered(call, agent.provider(), agent.id(), Instant.now());
        contexts.put(callSid, agent.id(), context);
        events.append(call.id(), "call-answered", Map.of("agent_id", agent.id(), "provider", agent.provider()));
        // Nobody may come: then the call is over when the token is.
        completeUnlessHeardOf(call, media.tokenLifetime().plus(media.completionGrace()));
        return Twiml.connectStream(
                URI.create(origin.webSocketUrl(
                        TwilioMediaSocket.PATH + expected.get().token())),
                parameters(call, agent, context),
                URI.create(origin.url("/webhooks/twilio/fallback")));
    }

    /** Lets a human take the call, at the agent's phone number. */
    public String dial(Call call, Agent agent) {
        String number = agent.phoneNumber();
        if (number == null) {
            throw new PatchbayException(
                    ErrorCategory.UNPROCESSABLE, "twilio", "Agent " + agent.name() + " has no phone_number to dial");
        }
        calls.assign(call.id(), agent.provider(), agent.id());
        events.append(call.id(), "call-forwarded", Map.of("agent_id", agent.id()));
        return Twiml.dialNumber(number, URI.create(origin.url("/webhooks/twilio/fallback")));
    }

    /** Somebody talks with the caller from now on whom Twilio does not tell us of, as it does of a {@code <Dial>}. */
    public void connected(Call call) {
        calls.advance(call, CallStatus.IN_PROGRESS, Instant.now());
    }

    /**
     * What comes after {@code <Connect>} or {@code <Dial>}, or when our webhook failed.
     *
     * @return {@code hangup} after a call that ended as it should, {@code recover} when its agent was lost, {@code
     *     failed} when Twilio could not use our answer
     */
    public String afterVerb(Call call, Map<String, String> form) {
        if (form.containsKey("ErrorCode")) {
            events.append(call.id(), "webhook-failed", Map.of("error_code", form.get("ErrorCode")));
            return "failed";
        }
        if (form.containsKey("RecordingUrl")) {
            return "hangup"; // a voice message was left
        }
        String dial = form.get("DialCallStatus");
        if (dial != null && (dial.equals("completed") || dial.equals("answered"))) {
            // Somebody has picked up; of a leg that we only dial, Twilio tells when it is over.
            calls.advance(
                    call.id(),
                    CallStatus.IN_PROGRESS,
                    Instant.now().minusSeconds(seconds(form.get("DialCallDuration"))));
            return "hangup";
        }
        if (dial != null) {
            return "recover";
        }
        return endedBy(call) != null ? "hangup" : "recover";
    }

    /**
     * Which step of a dialogue an answer belongs to: {@code ivr-menu-choose}, as our own TwiML has it in the URL.
     *
     * @param given from the URL, which Twilio has signed; it becomes part of a route's name
     * @return null when there is none, or what cannot be one
     */
    public @Nullable String step(@Nullable String given) {
        return given != null && STEP.matcher(given).matches() ? given : null;
    }

    /** Counts an attempt to save the call with another agent: 1 for the first. */
    public int recovery(Call call) {
        return registry.recovery(String.valueOf(call.callSid()));
    }

    /** The call is about to be hung up by our TwiML: completed by its status event, or by us when none comes. */
    public String ending(Call call, String twiml) {
        completeUnlessHeardOf(call, media.completionGrace());
        return twiml;
    }

    /** Writes down why a webhook failed, in technical words; the caller hears others. */
    public void failed(@Nullable Call call, Throwable failure) {
        if (call != null) {
            String reason = reason(failure);
            events.append(call.id(), "call-failed", Map.of("reason", reason));
            calls.note(call.id(), null, reason);
            completeUnlessHeardOf(call, media.completionGrace());
        }
    }

    private void completeUnlessHeardOf(Call call, Duration grace) {
        registry.completeAfter(
                String.valueOf(call.callSid()),
                grace,
                () -> calls.complete(
                        call.id(), new CallEnd(CallStatus.COMPLETED, Instant.now(), null, endedBy(call), null)));
    }

    /** Whether the agent has talked in this call before: it was interrupted, and is to go on. */
    private boolean isResumed(Call call, Agent agent) {
        String callSid = String.valueOf(call.callSid());
        LegEnd leg = registry.lastLeg(callSid);
        return (leg != null && leg.agentId().equals(agent.id()))
                || streams.find(callSid)
                        .filter(live -> live.call().agent().id().equals(agent.id()))
                        .isPresent();
    }

    private @Nullable String endedBy(Call call) {
        String callSid = String.valueOf(call.callSid());
        LegEnd leg = registry.lastLeg(callSid);
        if (leg != null) {
            return leg.endedBy();
        }
        return registry.isHangingUp(callSid) ? "gateway" : call.endedBy();
    }

    private static Map<String, String> parameters(Call call, Agent agent, Map<String, Object> context) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("call_id", call.id());
        parameters.put("agent", agent.name());
        context.forEach((name, value) -> {
            String text = String.valueOf(value);
            if (name.length() + text.length() < PARAMETER_LIMIT) {
                parameters.put(name, text);
            }
        });
        return parameters;
    }

    /** What the innermost cause says: Camel wraps what a step throws. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof PatchbayException)) {
            cause = cause.getCause();
        }
        return cause instanceof PatchbayException
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static String callSid(Map<String, String> form) {
        String callSid = form.get("CallSid");
        if (callSid == null || callSid.isBlank()) {
            throw new PatchbayException(ErrorCategory.INVALID_REQUEST, "twilio", "CallSid is missing");
        }
        return callSid;
    }

    private static Optional<CallStatus> status(Map<String, String> form) {
        return CallStatus.of(form.getOrDefault("CallStatus", ""));
    }

    private static @Nullable Integer duration(Map<String, String> form) {
        String seconds = form.getOrDefault("CallDuration", "");
        return seconds.matches("\\d{1,7}") ? Integer.valueOf(seconds) : null;
    }

    private static int seconds(@Nullable String given) {
        return given != null && given.matches("\\d{1,7}") ? Integer.parseInt(given) : 0;
    }
}
