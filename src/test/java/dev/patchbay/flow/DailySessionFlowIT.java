package dev.patchbay.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.Ids;
import dev.patchbay.provider.daily.DailySignature;
import dev.patchbay.session.Seeds;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Seed 000: sessions in Daily's rooms. */
class DailySessionFlowIT {

    private static final DailySignature SIGNATURE = new DailySignature("c2FuZGJveC1kYWlseS1zZWNyZXQ=");
    private static final String[] KEY = {"Authorization", "Bearer sandbox-daily-key"};

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void aRoomIsOpenedShownAndDeleted() throws Exception {
        HttpResponse<String> answer = post("/sessions", Seeds.DAILY);

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonObject session = new JsonObject(answer.body());
        String id = session.getString("session_id");
        assertThat(answer.headers().firstValue("Location")).hasValue("/sessions/" + id);
        assertThat(session.fieldNames())
                .contains("provider", "status", "created_at", "call_sid", "call_id", "room_url", "token");
        assertThat(session.getString("provider")).isEqualTo("daily");
        assertThat(session.getString("status")).isEqualTo("created");
        assertThat(session.getString("room_url")).isEqualTo("https://sandbox.daily.co/" + id);
        JsonObject token = new JsonObject(new String(
                Base64.getUrlDecoder().decode(session.getString("token").substring("sandbox.".length())), UTF_8));
        assertThat(token.getString("room_name")).isEqualTo(id);
        assertThat(Instant.ofEpochSecond(token.getLong("exp")))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(59)),
                        Instant.now().plus(Duration.ofMinutes(61)));
        assertThat(new JsonObject(gateway.get("/sessions/" + id).body())).isEqualTo(session);
        assertThat(room(id).statusCode()).isEqualTo(200);

        assertThat(gateway.delete("/sessions/" + id).statusCode()).isEqualTo(200);

        assertThat(room(id).statusCode()).isEqualTo(404);
        assertThat(session(id).getString("status")).isEqualTo("ended");
        assertThat(session(id).getString("ended_at")).isNotNull();
        assertThat(gateway.delete("/sessions/" + id).statusCode())
                .as("ended already = done")
                .isEqualTo(200);
    }

    @Test
    void aRoomThatIsGoneIsDeleted() throws Exception {
        String id = opened();
        gateway.delete("/sandbox/daily/rooms/" + id, KEY);

        assertThat(gateway.delete("/sessions/" + id).statusCode()).isEqualTo(200);
        assertThat(session(id).getString("status")).isEqualTo("ended");
    }

    @Test
    void aMeetingIsToldInSignedWebhooks() throws Exception {
        String id = opened();

        assertThat(gateway.postJson("/sandbox/daily/rooms/" + id + "/meet", "{}".getBytes(UTF_8), KEY)
                        .statusCode())
                .isEqualTo(200);

        JsonObject session = session(id);
        assertThat(session.getString("status")).isEqualTo("ended");
        JsonObject visit = session.getJsonArray("participants").getJsonObject(0);
        assertThat(session.getJsonArray("participants")).hasSize(1);
        assertThat(visit.getString("name")).isEqualTo("user");
        assertThat(visit.getBoolean("is_owner")).isTrue();
        assertThat(visit.getString("joined_at")).isNotNull();
        assertThat(visit.getString("left_at")).isNotNull();
    }

    @Test
    void eventsThatComeTwiceOrInTheWrongOrderAreTheSameEvents() throws Exception {
        String id = opened();
        JsonObject joined = event(
                "participant.joined",
                new JsonObject()
                        .put("room", id)
                        .put("session_id", "visit-1")
                        .put("user_name", "Ada")
                        .put("joined_at", 1_700_000_000.5));
        JsonObject left =
                event("participant.left", new JsonObject().put("room", id).put("session_id", "visit-1"));
        JsonObject ended =
                event("meeting.ended", new JsonObject().put("room", id).put("end_ts", 1_700_000_060));
        JsonObject started = event("meeting.started", new JsonObject().put("room", id));

        for (JsonObject event : List.of(left, ended, joined, started, joined, ended)) {
            assertThat(postSigned(event)).isEqualTo(200);
        }

        JsonObject session = session(id);
        assertThat(session.getString("status")).isEqualTo("ended");
        assertThat(session.getString("ended_at")).isEqualTo("2023-11-14T22:14:20Z");
        assertThat(session.getJsonArray("participants")).hasSize(1);
        assertThat(session.getJsonArray("participants").getJsonObject(0).getString("joined_at"))
                .isEqualTo("2023-11-14T22:13:20.500Z");
        assertThat(session.getJsonArray("participants").getJsonObject(0).getString("left_at"))
                .isNotNull();
    }

    @Test
    void aRecordingIsFoundByWhoStartedIt() throws Exception {
        String id = opened();
        postSigned(event("participant.joined", new JsonObject().put("room", id).put("session_id", "visit-of-" + id)));
        postSigned(event(
                "recording.started",
                new JsonObject().put("recording_id", "rec_1").put("started_by", "visit-of-" + id)));
        assertThat(session(id).getJsonObject("recording").getString("status")).isEqualTo("started");

        postSigned(event(
                "recording.ready-to-download",
                new JsonObject()
                        .put("room_name", id)
                        .put("recording_id", "rec_1")
                        .put("duration", 42)));
        postSigned(event("recording.started", new JsonObject().put("started_by", "visit-of-" + id)));

        assertThat(session(id).getJsonObject("recording"))
                .isEqualTo(new JsonObject()
                        .put("id", "rec_1")
                        .put("status", "ready")
                        .put("duration", 42));
    }

    @Test
    void theCreationTestIsTakenUnsignedAndNothingElseIs() throws Exception {
        String id = opened();
        byte[] ended = event("meeting.ended", new JsonObject().put("room", id))
                .encode()
                .getBytes(UTF_8);
        String old = Long.toString(Instant.now().minus(Duration.ofMinutes(16)).getEpochSecond());

        assertThat(gateway.postJson("/webhooks/daily", "{\"test\":\"test\"}".getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.postJson("/webhooks/daily", "{\"test\":\"test\",\"type\":\"x\"}".getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.postJson("/webhooks/daily", ended).statusCode()).isEqualTo(403);
        assertThat(gateway.postJson(
                                "/webhooks/daily",
                                ended,
                                DailySignature.HEADER,
                                SIGNATURE.sign(ended, old),
                                DailySignature.TIMESTAMP,
                                old)
                        .statusCode())
                .isEqualTo(403);
        assertThat(session(id).getString("status")).isEqualTo("created");
    }

    @Test
    void sessionsAreListedByProviderAndStatusWithoutTheirTokens() throws Exception {
        String open = opened();
        String closed = opened();
        gateway.delete("/sessions/" + closed);

        assertThat(ids("/sessions?provider=daily&limit=200")).contains(open, closed);
        assertThat(ids("/sessions?provider=daily&status=ended&limit=200"))
                .contains(closed)
                .doesNotContain(open);
        assertThat(ids("/sessions?provider=nobody")).isEmpty();
        JsonObject page = new JsonObject(gateway.get("/sessions?limit=1").body());
        assertThat(page.getString("next_cursor")).isEqualTo(closed);
        assertThat(page.getJsonArray("sessions").getJsonObject(0).getValue("token"))
                .isNull();
        assertThat(ids("/sessions?limit=1&cursor=" + closed)).containsExactly(open);
        assertThat(gateway.get("/sessions?status=paused").statusCode()).isEqualTo(400);
        assertThat(gateway.get("/sessions?limit=0").statusCode()).isEqualTo(400);
        assertThat(gateway.get("/sessions/" + Ids.next()).statusCode()).isEqualTo(404);
    }

    @Test
    void whatNobodyServesCreatesNothing() throws Exception {
        JsonObject order = new JsonObject(Seeds.WITH_CONFIG).put("provider", "daily");
        String before = gateway.get("/sandbox/daily/rooms", KEY).body();

        HttpResponse<String> answer = post("/sessions/with-config", order.encode());

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(new JsonObject(answer.body()).getString("detail")).contains("stt", "openai");
        assertThat(gateway.get("/sandbox/daily/rooms", KEY).body()).isEqualTo(before);
    }

    @Test
    void aPromptIsKeptWithTheSession() throws Exception {
        JsonObject order = new JsonObject(Seeds.DAILY).put("config", new JsonObject().put("system_prompt", "Be kind."));

        JsonObject session =
                new JsonObject(post("/sessions/with-config", order.encode()).body());

        assertThat(session(session.getString("session_id")).getJsonObject("config"))
                .isEqualTo(new JsonObject().put("system_prompt", "Be kind."));
    }

    @Test
    void aWrongOrderIsAProblemThatNamesTheField() throws Exception {
        for (String body : List.of(
                "{\"provider\":\"zoom\"}",
                "{}",
                "{\"provider\":\"daily\",\"room_config\":{\"privacy\":\"x\"}}",
                "[]")) {
            HttpResponse<String> answer = post("/sessions", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    private String opened() throws Exception {
        return new JsonObject(post("/sessions", Seeds.DAILY).body()).getString("session_id");
    }

    private JsonObject session(String id) throws Exception {
        return new JsonObject(gateway.get("/sessions/" + id).body());
    }

    private HttpResponse<String> room(String name) throws Exception {
        return gateway.get("/sandbox/daily/rooms/" + name, KEY);
    }

    private List<String> ids(String path) throws Exception {
        return new JsonObject(gateway.get(path).body())
                .getJsonArray("sessions").stream()
                        .map(session -> ((JsonObject) session).getString("session_id"))
                        .toList();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return gateway.postJson(path, body.getBytes(UTF_8));
    }

    private int postSigned(JsonObject event) throws Exception {
        byte[] body = event.encode().getBytes(UTF_8);
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        return gateway.postJson(
                        "/webhooks/daily",
                        body,
                        DailySignature.HEADER,
                        SIGNATURE.sign(body, timestamp),
                        DailySignature.TIMESTAMP,
                        timestamp)
                .statusCode();
    }

    private static JsonObject event(String type, JsonObject payload) {
        return new JsonObject()
                .put("version", "1.0.0")
                .put("type", type)
                .put("id", Ids.next())
                .put("payload", payload)
                .put("event_ts", 1_700_000_030);
    }
}
