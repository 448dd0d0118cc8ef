package dev.patchbay.provider.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.twilio.rest.api.v2010.account.Call.UpdateStatus;
import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.call.Call;
import dev.patchbay.call.CallRegistry;
import dev.patchbay.call.Ids;
import dev.patchbay.call.Placement;
import dev.patchbay.call.Redirection;
import dev.patchbay.error.ErrorCategory;
import dev.patchbay.error.PatchbayException;
import dev.patchbay.http.JsonFields;
import dev.patchbay.http.ParameterValues;
import dev.patchbay.http.PublicUrl;
import dev.patchbay.session.SessionRequest;
import dev.patchbay.store.CallContextStore;
import dev.patchbay.store.CallEventStore;
import dev.patchbay.store.CallStore;
import dev.patchbay.store.SessionAgents;
import dev.patchbay.twiml.Twiml;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls that the REST API and recipes place and steer ({@code POST /calls}, {@code DELETE /calls/{id}}, {@code transfer},
 * {@code say}). The YAML routes decide and send; this class reads the requests and writes the documents that a call goes on with.
 */
public final class TwilioOutboundCalls {

    /** Of a text, in characters; Twilio refuses longer TwiML. */
    private static final int LONGEST_TEXT = 3000;

    /** Of a document, in characters, likewise. */
    private static final int LONGEST_DOCUMENT = 4000;

    private static final int LONGEST_CALL = 86_400;

    private final TwilioAccount account;
    private final AgentDirectory agents;
    private final CallStore calls;
    private final CallEventStore events;
    private final CallContextStore contexts;
    private final CallRegistry registry;
    private final CallRecorder recorder;

    public TwilioOutboundCalls(
            TwilioAccount account,
            AgentDirectory agents,
            CallStore calls,
            CallEventStore events,
            CallContextStore contexts,
            CallRegistry registry,
            CallRecorder recorder) {
        this.account = account;
        this.agents = agents;
        this.calls = calls;
        this.events = events;
        this.contexts = contexts;
        this.registry = registry;
        this.recorder = recorder;
    }

    /**
     * {@code {to, from?, agent, context?, record?, machine_detection?, time_limit?}} as a call to place.
     *
     * @throws PatchbayException unavailable without an account, invalid request naming the field
     */
    public Placement read(@Nullable String body) {
        String number = account.requiredNumber();
        JsonFields fields = JsonFields.of(body);
        String to = fields.phone("to");
        String from = fields.phoneOr("from", number);
        String name = fields.required("agent");
        Agent agent = known(name);
        Map<String, Object> context = fields.scalars("context");
        return new Placement(
                Ids.next(),
                to,
                from,
                agent.id(),
                context,
                null,
                null,
                recorder.records(fields.flag("record"), to, context),
                fields.flag("machine_detection", false) ? "Enable" : null,
                fields.whole("time_limit", 1, LONGEST_CALL));
    }

    /**
     * A call to place, of a kamelet's parameters: answered by an agent, a document, or a document at a URL, one of the
     * three. All others but {@code to} may be blank.
     *
     * @param context a map of what the agent is told; anything else counts as nothing
     * @throws PatchbayException unavailable without an account, invalid request naming the parameter
     */
    public Placement order(
            @Nullable String to,
            @Nullable String from,
            @Nullable String agent,
            @Nullable String twiml,
            @Nullable String url,
            @Nullable Object context,
            @Nullable String record,
            @Nullable String machineDetection,
            @Nullable String timeLimit) {
        String number = account.requiredNumber();
        String name = ParameterValues.text(agent);
        String document = ParameterValues.text(twiml);
        String address = ParameterValues.text(url);
        if (Stream.of(name, document, address).filter(Objects::nonNull).count() != 1) {
            throw JsonFields.invalid("agent", "is missing; or give twiml or url instead, one of the three");
        }
        if (document != null && document.length() > LONGEST_DOCUMENT) {
            throw JsonFields.invalid("twiml", "is longer than " + LONGEST_DOCUMENT + " characters");
        }
        Map<String, Object> told = told(context);
        String callee = ParameterValues.phone("to", to);
        return new Placement(
                Ids.next(),
                callee,
                ParameterValues.phoneOr("from", from, number),
                name == null ? null : known(name).id(),
                told,
                document,
                address == null ? null : PublicUrl.parse("url", address).toString(),
                recorder.records(ParameterValues.flag("record", record), callee, told),
                ParameterValues.flag("machineDetection", machineDetection, false) ? "Enable" : null,
                ParameterValues.whole("timeLimit", timeLimit, 1, LONGEST_CALL));
    }

    private Agent known(String name) {
        return agents.find(name).orElseThrow(() -> JsonFields.invalid("agent", "is not known: " + name));
    }

    /** Texts, numbers and booleans; an agent is told nothing else. */
    private static Map<String, Object> told(@Nullable Object context) {
        Map<String, Object> told = new LinkedHashMap<>();
        if (context instanceof Map<?, ?> given) {
            given.forEach((key, value) -> {
                if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                    told.put(String.valueOf(key), value);
                }
            });
        }
        return told;
    }

    /**
     * The call of a session. What the session tells its agent to be goes the way of all context.
     *
     * @throws PatchbayException unavailable without an account, invalid request naming the field
     */
    public Placement ordered(SessionRequest request, Agent agent) {
        String prompt = request.config().systemPrompt();
        String to = request.phone();
        return new Placement(
                request.id(),
                to,
                account.requiredNumber(),
                agent.id(),
                prompt == null ? Map.of() : Map.of(SessionAgents.PROMPT, prompt),
                null,
                null,
                recorder.records(request.room().record(), to, Map.of()),
                null,
                null);
    }

    /**
     * A call that asks something and takes one key; who presses none is hung up on.
     *
     * @param to E.164
     * @param step the route that the key goes to, {@code direct:recipe-<step>}, by way of {@code input-receive}
     * @throws PatchbayException unavailable without an account
     */
    public Placement asking(String to, String text, String step) {
        String from = account.requiredNumber();
        String id = Ids.next();
        String twiml = Twiml.ask(text, null, null, step(step, id));
        boolean record = recorder.records(null, to, Map.of());
        return new Placement(id, to, from, null, Map.of(), twiml, null, record, null, null);
    }

    /** The agent that the call goes to. */
    public Agent agentOf(Placement placement) {
        return agents.required(String.valueOf(placement.agentId()));
    }

    /** The same call, answered by its agent at the agent's own door; its context is kept until then. */
    public Placement answeredByAgent(Placement placement) {
        String agentId = String.valueOf(placement.agentId());
        contexts.put(placement.id(), agentId, placement.context());
        return placement.answeredAt(door(agentId, placement.id()).toString());
    }

    /**
     * A call that goes on, by our id or the CallSid.
     *
     * @throws PatchbayException not found, conflict when it is over, or not supported as in {@link #isLive}
     */
    public Call live(String id) {
        Call call = find(id);
        if (!isLive(call)) {
            throw new PatchbayException(ErrorCategory.CONFLICT, null, "Call " + id + " is over");
        }
        return call;
    }

    /** @throws PatchbayException not found */
    public Call find(String id) {
        return calls.find(id).orElseThrow(() -> new PatchbayException(ErrorCategory.NOT_FOUND, null, "No call " + id));
    }

    /**
     * Whether a call goes on, so that we can steer it.
     *
     * @throws PatchbayException not supported: it goes on, and its provider placed it without us
     */
    public boolean isLive(Call call) {
        if (call.status().isTerminal()) {
            return false;
        }
        if (call.callSid() == null) {
            throw new PatchbayException(
                    ErrorCategory.NOT_SUPPORTED,
                    call.provider(),
                    "Call " + call.id() + " is carried by its provider, who alone can steer it");
        }
        return true;
    }

    /** What a hang-up is to Twilio. Until {@link #hangUpAnswered} what ends the call is us: its socket may close first. */
    public UpdateStatus hangUp(Call call) {
        registry.hangingUp(String.valueOf(call.callSid()), true);
        return UpdateStatus.COMPLETED;
    }

    /** Twilio hangs up. */
    public void hungUp(Call call) {
        calls.note(call.id(), "gateway", null);
        events.append(call.id(), "call-hung-up", Map.of());
    }

    /** Twilio has answered, or will not: a call that still goes on does so as if nobody had asked. */
    public void hangUpAnswered(Call call) {
        registry.hangingUp(String.valueOf(call.callSid()), false);
    }

    /**
     * {@code {to}}: a phone number, or one of our agents, at whose door the call comes in again.
     *
     * @throws PatchbayException invalid request naming the field
     */
    public Redirection transfer(Call call, @Nullable String body) {
        JsonFields fields = JsonFields.of(body);
        String to = fields.required("to");
        Optional<Agent> agent = agents.find(to);
        if (agent.isPresent()) {
            String id = agent.get().id();
            return new Redirection(
                    Twiml.redirect(door(id, call.id())),
                    new Redirection.Party(agent.get().provider(), id),
                    "call-transferred",
                    Map.of("agent_id", id));
        }
        String number = fields.phone("to");
        String document = Twiml.dialNumber(number, account.url("/webhooks/twilio/fallback"));
        return new Redirection(document, null, "call-transferred", Map.of());
    }

    /**
     * {@code {text, voice?, language?}}: spoken to the caller; then the call goes back to its agent, if it has one.
     *
     * @throws PatchbayException invalid request naming the field
     */
    public Redirection say(Call call, @Nullable String body) {
        JsonFields fields = JsonFields.of(body);
        String text = fields.required("text", LONGEST_TEXT);
        String voice = fields.text("voice");
        String language = fields.text("language");
        String document = call.agentId() == null
                ? Twiml.say(text, voice, language)
                : Twiml.sayAndRedirect(text, voice, language, door(call.agentId(), call.id()));
        return new Redirection(document, null, "call-said", Map.of("characters", text.length()));
    }

    /**
     * A recipe has the call go on at its route {@code direct:recipe-<step>}, by way of {@code input-receive}.
     *
     * @param step the rest of the route's id, {@code transfer-dial}
     */
    public Redirection moveTo(Call call, String step) {
        return new Redirection(Twiml.redirect(step(step, call.id())), null, "call-moved", Map.of("step", step));
    }

    /**
     * A recipe has the call go on at this path of ours.
     *
     * @param path with a query, to which {@code call=<our id>} is added
     */
    public Redirection moveToPath(Call call, String path) {
        URI document = account.url(path + "&call=" + call.id());
        return new Redirection(Twiml.redirect(document), null, "call-moved", Map.of("step", document.getPath()));
    }

    /**
     * A call to somebody by an agent.
     *
     * @param to E.164
     * @param context what the agent is told, beside the customer's fields
     * @throws PatchbayException unavailable without an account, invalid request when the agent is not known
     */
    public Placement byAgent(String to, String agent, Map<String, Object> context) {
        return order(to, null, agent, null, null, context, null, null, null);
    }

    /**
     * A call to place whose document is at this path of ours.
     *
     * @param to E.164
     * @param path with a query, to which {@code call=<our id>} is added
     * @throws PatchbayException unavailable without an account
     */
    public Placement answeredAt(String to, String path) {
        Placement call = Placement.of(to, account.requiredNumber(), null, null, recorder.records(null, to, Map.of()));
        return call.answeredAt(account.url(path + "&call=" + call.id()).toString());
    }

    /**
     * The document that asks for one key, which Twilio posts to this path of ours; who presses none is hung up on.
     *
     * @param path with its query
     */
    public String ask(String text, String path) {
        return Twiml.ask(text, null, null, account.url(path));
    }

    /** The document that says something to a caller and gives the call back to its agent. */
    public String backToAgent(Call call, String text) {
        return Twiml.sayAndRedirect(text, null, null, door(String.valueOf(call.agentId()), call.id()));
    }

    /** Writes down that the phone provider has taken the document. */
    public void redirected(Call call, Redirection redirection) {
        if (redirection.agent() != null) {
            calls.assign(
                    call.id(),
                    redirection.agent().provider(),
                    redirection.agent().agentId());
        }
        events.append(call.id(), redirection.event(), redirection.data());
    }

    private URI step(String step, String callId) {
        return account.url("/twilio/handle-input?step=" + step + "&call=" + callId);
    }

    private URI door(String agentId, String callId) {
        return account.url(
                "/api/webhooks/twilio/" + URLEncoder.encode(agentId, UTF_8).replace("+", "%20") + "?call=" + callId);
    }
}
