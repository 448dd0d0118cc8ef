package dev.patchbay.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.call.Ids;
import dev.patchbay.provider.retell.RetellProperties;
import dev.patchbay.provider.retell.RetellSignature;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays Retell (CONTRACTS 5): registers calls and takes them over SIP, or places them itself, for one question and one
 * answer, and tells about them in signed webhooks. It knows every agent but those whose id begins with {@code unknown}.
 */
public final class SandboxRetell {

    private static final String WEBHOOK = "/webhooks/retell";
    private static final String UNKNOWN = "unknown";
    private static final String BUSY = "+15550000999";
    private static final long TALK_MILLIS = 12_000;
    private static final Logger LOG = LoggerFactory.getLogger(SandboxRetell.class);

    private final SandboxWebhooks webhooks;
    private final @Nullable RetellSignature signature;
    private final Map<String, JsonObject> registered = new ConcurrentHashMap<>();

    SandboxRetell(SandboxWebhooks webhooks, RetellProperties account) {
        this.webhooks = webhooks;
        String key = account.apiKey();
        this.signature = key == null ? null : new RetellSignature(key);
    }

    /** {@code POST /v2/register-phone-call}. */
    public SandboxReply register(String body) {
        JsonObject request = new JsonObject(body);
        return withAgent(request.getString("agent_id", ""), agent -> {
            JsonObject call = call(request, agent, request.getString("direction", "inbound"));
            registered.put(call.getString("call_id"), call);
            return call;
        });
    }

    /** {@code POST /v2/create-phone-call}: rings, is answered and talked in; {@code +15550000999} is always busy. */
    public SandboxReply create(String body) {
        JsonObject request = new JsonObject(body);
        if (request.getString("from_number", "").isEmpty()
                || request.getString("to_number", "").isEmpty()) {
            return error(400, "from_number and to_number are required");
        }
        return withAgent(request.getString("override_agent_id", ""), agent -> {
            JsonObject call = call(request, agent, "outbound");
            boolean busy = request.getString("to_number").equals(BUSY);
            webhooks.afterRinging(() -> (busy ? refused(call) : talk(call)).onFailure(this::unheard));
            return call;
        });
    }

    private static SandboxReply withAgent(String agent, Function<String, JsonObject> called) {
        if (agent.isEmpty()) {
            return error(400, "agent_id is required");
        }
        return agent.startsWith(UNKNOWN)
                ? error(422, "Agent " + agent + " not found")
                : SandboxReply.json(201, called.apply(agent));
    }

    private static JsonObject call(JsonObject request, String agent, String direction) {
        return new JsonObject()
                .put("call_type", "phone_call")
                .put("call_id", "call_" + Ids.next().toLowerCase(Locale.ROOT))
                .put("agent_id", agent)
                .put("agent_version", 1)
                .put("call_status", "registered")
                .put("from_number", request.getString("from_number", ""))
                .put("to_number", request.getString("to_number", ""))
                .put("direction", direction)
                .put("metadata", request.getJsonObject("metadata", new JsonObject()))
                .put(
                        "retell_llm_dynamic_variables",
                        request.getJsonObject("retell_llm_dynamic_variables", new JsonObject()));
    }

    private Future<Void> refused(JsonObject call) {
        return tell(
                        "call_ended",
                        call.copy().put("call_status", "not_connected").put("disconnection_reason", "dial_busy"))
                .mapEmpty();
    }

    private void unheard(Throwable fault) {
        LOG.warn("A webhook of the sandbox's Retell was not heard: {}", fault.toString());
    }

    /** A phone rings at a SIP address: a registered call is taken, once. */
    Future<String> dialled(String sipUri, String callSid) {
        String user = sipUri.substring("sip:".length()).replaceFirst("@.*", "");
        JsonObject call = registered.remove(user);
        if (call == null) {
            return Future.succeededFuture("failed");
        }
        call.put("telephony_identifier", new JsonObject().put("twilio_call_sid", callSid));
        return talk(call).map("completed");
    }

    /** The whole conversation, told event by event as Retell does. */
    private Future<Void> talk(JsonObject call) {
        long start = System.currentTimeMillis() - TALK_MILLIS;
        JsonObject started = call.copy().put("call_status", "ongoing").put("start_timestamp", start);
        JsonObject ended = spoken(started.copy()
                .put("call_status", "ended")
                .put("end_timestamp", start + TALK_MILLIS)
                .put("duration_ms", TALK_MILLIS)
                .put("disconnection_reason", "user_hangup"));
        JsonObject analyzed = ended.copy()
                .put(
                        "call_analysis",
                        new JsonObject()
                                .put("call_summary", "The caller asked when the office opens.")
                                .put("in_voicemail", false)
                                .put("user_sentiment", "Positive")
                                .put("call_successful", true)
                                .put("custom_analysis_data", new JsonObject()));
        return tell("call_started", started)
                .compose(told -> tell("call_ended", ended))
                .compose(told -> tell("call_analyzed", analyzed))
                .mapEmpty();
    }

    private static JsonObject spoken(JsonObject call) {
        String name = call.getJsonObject("retell_llm_dynamic_variables").getString("name", "there");
        List<JsonObject> turns = List.of(
                turn("agent", "Hello " + name + ", how can I help?", 0.4),
                turn("user", "When do you open?", 4.1),
                turn("agent", "At nine.", 6.0));
        StringBuilder transcript = new StringBuilder();
        turns.forEach(turn -> transcript
                .append(turn.getString("role").equals("agent") ? "Agent: " : "User: ")
                .append(turn.getString("content"))
                .append('\n'));
        return call.put("transcript", transcript.toString()).put("transcript_object", new JsonArray(turns));
    }

    private static JsonObject turn(String role, String content, double start) {
        JsonArray words = new JsonArray();
        for (String word : content.split(" ")) {
            words.add(new JsonObject()
                    .put("word", word)
                    .put("start", start + words.size() * 0.3)
                    .put("end", start + words.size() * 0.3 + 0.25));
        }
        return new JsonObject().put("role", role).put("content", content).put("words", words);
    }

    private Future<Integer> tell(String event, JsonObject call) {
        byte[] body =
                new JsonObject().put("event", event).put("call", call).encode().getBytes(UTF_8);
        String signed = Objects.requireNonNull(signature, "RETELL_API_KEY").sign(body, Instant.now());
        return webhooks.post(WEBHOOK, body, Map.of(RetellSignature.HEADER, signed));
    }

    private static SandboxReply error(int status, String message) {
        return SandboxReply.json(status, new JsonObject().put("status", "error").put("message", message));
    }
}
