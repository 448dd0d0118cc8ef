package dev.patchbay.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.patchbay.provider.daily.DailyProperties;
import dev.patchbay.provider.daily.DailySignature;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays Daily (CONTRACTS 6): rooms, meeting tokens, and a meeting that is told about in signed webhooks. */
public final class SandboxDaily {

    private static final String WEBHOOK = "/webhooks/daily";
    private static final Set<String> ROOM_FIELDS = Set.of("name", "privacy", "properties");

    private final SandboxWebhooks webhooks;
    private final @Nullable DailySignature signature;
    private final Map<String, JsonObject> rooms = new ConcurrentHashMap<>();
    private final Map<String, Collection<JsonObject>> tokens = new ConcurrentHashMap<>();

    SandboxDaily(SandboxWebhooks webhooks, DailyProperties account) {
        this.webhooks = webhooks;
        String secret = account.webhookSecret();
        this.signature = secret == null ? null : new DailySignature(secret);
    }

    /** {@code GET /rooms}. */
    public SandboxReply list() {
        JsonArray data = new JsonArray();
        rooms.values().forEach(data::add);
        return SandboxReply.json(
                200, new JsonObject().put("total_count", data.size()).put("data", data));
    }

    /** {@code POST /rooms}. */
    public SandboxReply create(String body) {
        JsonObject request = new JsonObject(body);
        for (String field : request.fieldNames()) {
            if (!ROOM_FIELDS.contains(field)) {
                return error(400, "invalid-request-error", "unknown parameter '" + field + "'");
            }
        }
        String name = request.getString("name", UUID.randomUUID().toString());
        JsonObject room = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("name", name)
                .put("api_created", true)
                .put("privacy", request.getString("privacy", "public"))
                .put("url", "https://sandbox.daily.co/" + name)
                .put("created_at", Instant.now().toString())
                .put("config", request.getJsonObject("properties", new JsonObject()));
        return rooms.putIfAbsent(name, room) == null
                ? SandboxReply.json(200, room)
                : error(400, "invalid-request-error", "a room named " + name + " already exists");
    }

    /** {@code GET /rooms/:name}. */
    public SandboxReply get(String name) {
        JsonObject room = rooms.get(name);
        return room == null ? notFound(name) : SandboxReply.json(200, room);
    }

    /** {@code DELETE /rooms/:name}. */
    public SandboxReply delete(String name) {
        tokens.remove(name);
        return rooms.remove(name) == null
                ? notFound(name)
                : SandboxReply.json(200, new JsonObject().put("deleted", true).put("name", name));
    }

    /** {@code POST /meeting-tokens}; the token is as long as a real one, and as unreadable. */
    public SandboxReply token(String body) {
        JsonObject properties = new JsonObject(body).getJsonObject("properties", new JsonObject());
        String room = properties.getString("room_name", "");
        if (!rooms.containsKey(room)) {
            return error(400, "invalid-request-error", "room " + room + " does not exist");
        }
        tokens.computeIfAbsent(room, name -> new ConcurrentLinkedQueue<>()).add(properties);
        String token = "sandbox."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(properties.encode().getBytes(UTF_8));
        return SandboxReply.json(200, new JsonObject().put("token", token));
    }

    /** Everybody who has a token meets in the room, and leaves again. Answers when all of it has been told. */
    public SandboxReply meet(String name) throws Exception {
        if (!rooms.containsKey(name)) {
            return notFound(name);
        }
        Future<Integer> told = tell("meeting.started", meeting(name).put("start_ts", seconds()));
        for (JsonObject token : tokens.getOrDefault(name, new ConcurrentLinkedQueue<>())) {
            JsonObject visitor = new JsonObject()
                    .put("room", name)
                    .put("session_id", UUID.randomUUID().toString())
                    .put("user_name", token.getString("user_name", ""))
                    .put("owner", token.getBoolean("is_owner", false))
                    .put("joined_at", seconds());
            told = told.compose(done -> tell("participant.joined", visitor))
                    .compose(done -> tell("participant.left", visitor.copy().put("duration", 1)));
        }
        told.compose(done -> tell(
                        "meeting.ended",
                        meeting(name).put("start_ts", seconds()).put("end_ts", seconds())))
                .toCompletionStage()
                .toCompletableFuture()
                .get(8, TimeUnit.SECONDS);
        return SandboxReply.json(200, new JsonObject().put("met", name));
    }

    private Future<Integer> tell(String type, JsonObject payload) {
        if (signature == null) {
            throw new IllegalStateException("DAILY_WEBHOOK_SECRET is not set");
        }
        byte[] body = new JsonObject()
                .put("version", "1.0.0")
                .put("type", type)
                .put("id", UUID.randomUUID().toString())
                .put("payload", payload)
                .put("event_ts", seconds())
                .encode()
                .getBytes(UTF_8);
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        return webhooks.post(
                WEBHOOK,
                body,
                Map.of(DailySignature.HEADER, signature.sign(body, timestamp), DailySignature.TIMESTAMP, timestamp));
    }

    private static JsonObject meeting(String room) {
        return new JsonObject()
                .put("room", room)
                .put("meeting_id", UUID.randomUUID().toString());
    }

    private static double seconds() {
        return System.currentTimeMillis() / 1000.0;
    }

    private static SandboxReply notFound(String name) {
        return error(404, "not-found", "room " + name + " not found");
    }

    private static SandboxReply error(int status, String error, String info) {
        return SandboxReply.json(status, new JsonObject().put("error", error).put("info", info));
    }
}
