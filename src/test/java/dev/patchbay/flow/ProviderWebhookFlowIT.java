package dev.patchbay.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.call.Call;
import dev.patchbay.call.CallStatus;
import dev.patchbay.call.Direction;
import dev.patchbay.call.Ids;
import dev.patchbay.call.MediaFigures;
import dev.patchbay.provider.elevenlabs.ElevenLabsSignature;
import dev.patchbay.provider.retell.RetellSignature;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.store.CallStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What providers tell after a call is believed when they signed it, and lately. */
class ProviderWebhookFlowIT {

    private static final ElevenLabsSignature ELEVENLABS = new ElevenLabsSignature("sandbox-elevenlabs-webhook-secret");
    private static final RetellSignature RETELL = new RetellSignature("sandbox-retell-key");

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void retellsSignatureIsAskedFor() throws Exception {
        byte[] body = "{\"event\":\"call_ended\",\"call\":{\"call_id\":\"call_1\"}}".getBytes(UTF_8);

        assertThat(gateway.postJson("/webhooks/retell", body).statusCode()).isEqualTo(403);
        assertThat(gateway.postJson(
                                "/webhooks/retell",
                                body,
                                RetellSignature.HEADER,
                                RETELL.sign(body, Instant.now().minus(Duration.ofMinutes(6))))
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.postJson(
                                "/webhooks/retell",
                                body,
                                RetellSignature.HEADER,
                                new RetellSignature("other").sign(body, Instant.now()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.postJson("/webhooks/retell", body, RetellSignature.HEADER, RETELL.sign(body, Instant.now()))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void elevenLabsSignatureIsAskedFor() throws Exception {
        byte[] body = "{\"type\":\"post_call_audio\",\"data\":{}}".getBytes(UTF_8);

        assertThat(gateway.postJson("/webhooks/elevenlabs", body).statusCode()).isEqualTo(403);
        assertThat(gateway.postJson(
                                "/webhooks/elevenlabs",
                                body,
                                ElevenLabsSignature.HEADER,
                                ELEVENLABS.sign(body, Instant.now().minus(Duration.ofMinutes(31))))
                        .statusCode())
                .isEqualTo(403);
        assertThat(postSignedByElevenLabs(new JsonObject(new String(body, UTF_8))))
                .isEqualTo(200);
    }

    @Test
    void aSignedBodyThatIsNoJsonIsTheirFault() throws Exception {
        byte[] body = "junk".getBytes(UTF_8);

        assertThat(gateway.postJson("/webhooks/retell", body, RetellSignature.HEADER, RETELL.sign(body, Instant.now()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aConversationIsCompletedAfterwards() throws Exception {
        String conversation = "conv_" + Ids.next();
        Call call = gateway.bean(CallStore.class).open(call(conversation));

        assertThat(postSignedByElevenLabs(transcription(conversation))).isEqualTo(200);
        assertThat(postSignedByElevenLabs(transcription(conversation))).isEqualTo(200);

        JsonObject record = gateway.record(call.id());
        assertThat(record.getString("disconnection_reason")).isEqualTo("Client disconnected: 1000");
        assertThat(record.getJsonObject("analysis").getString("call_successful"))
                .isEqualTo("success");
        assertThat(turns(call.id())).containsExactly("agent: Hello, this is Ada.", "user: Good morning.");
        assertThat(gateway.eventTypes(call.id())).containsOnlyOnce("elevenlabs-call-analyzed");
    }

    /** A provider that is answered 413 sends it again and again, and in the end switches the webhook off. */
    @Test
    void whatWasSaidInHoursIsKeptWhole() throws Exception {
        String conversation = "conv_" + Ids.next();
        Call call = gateway.bean(CallStore.class).open(call(conversation));
        JsonObject event = transcription(conversation);
        JsonArray turns = new JsonArray();
        for (int i = 0; i < 1500; i++) {
            turns.add(turn(i % 2 == 0 ? "agent" : "user", i + " " + "word ".repeat(400), i));
        }
        event.getJsonObject("data").put("transcript", turns);
        assertThat(event.encode().length()).isGreaterThan(2 * 1024 * 1024);

        assertThat(postSignedByElevenLabs(event)).isEqualTo(200);

        JsonArray kept = new JsonObject(gateway.get("/calls/" + call.id() + "/transcript?limit=200")
                        .body())
                .getJsonArray("turns");
        assertThat(kept).hasSize(200);
        assertThat(kept.getJsonObject(199).getString("text")).startsWith("199 word word");
        assertThat(gateway.record(call.id()).getString("disconnection_reason")).isEqualTo("Client disconnected: 1000");
    }

    @Test
    void theSoundOfACallIsTakenAndNotKept() throws Exception {
        JsonObject event = new JsonObject()
                .put("type", "post_call_audio")
                .put("event_timestamp", 1_700_000_100)
                .put(
                        "data",
                        new JsonObject().put("conversation_id", "conv_1").put("full_audio", "SUQz".repeat(5_000_000)));

        assertThat(postSignedByElevenLabs(event)).isEqualTo(200);
    }

    @Test
    void aLongStoryOfRetellsIsTakenToo() throws Exception {
        JsonObject event = new JsonObject()
                .put("event", "call_analyzed")
                .put("call", new JsonObject().put("call_id", "call_nobodys").put("transcript", "x".repeat(2_000_000)));

        assertThat(gateway.postSignedByRetell(event).statusCode()).isEqualTo(200);
    }

    @Test
    void whatWasHeardLiveStands() throws Exception {
        CallReport report =
                gateway.call(gateway.request(), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(2500)));
        JsonObject before = gateway.record(report.callSid());
        Iterable<String> heard = turns(report.callSid());

        postSignedByElevenLabs(transcription(before.getString("provider_call_id")));

        assertThat(heard).isNotEmpty();
        assertThat(turns(report.callSid())).containsExactlyElementsOf(heard);
        assertThat(gateway.record(report.callSid()).getJsonObject("analysis")).isNotNull();
    }

    private int postSignedByElevenLabs(JsonObject event) throws Exception {
        byte[] body = event.encode().getBytes(UTF_8);
        return gateway.postJson(
                        "/webhooks/elevenlabs", body, ElevenLabsSignature.HEADER, ELEVENLABS.sign(body, Instant.now()))
                .statusCode();
    }

    private static JsonObject transcription(String conversation) {
        return new JsonObject()
                .put("type", "post_call_transcription")
                .put("event_timestamp", 1_700_000_100)
                .put(
                        "data",
                        new JsonObject()
                                .put("agent_id", "agent_1")
                                .put("conversation_id", conversation)
                                .put("status", "done")
                                .put(
                                        "transcript",
                                        new JsonArray()
                                                .add(turn("agent", "Hello, this is Ada.", 0))
                                                .add(turn("user", "Good morning.", 3))
                                                .add(new JsonObject()
                                                        .put("role", "agent")
                                                        .putNull("message")))
                                .put(
                                        "metadata",
                                        new JsonObject()
                                                .put("start_time_unix_secs", 1_700_000_000)
                                                .put("call_duration_secs", 12)
                                                .put("termination_reason", "Client disconnected: 1000"))
                                .put(
                                        "analysis",
                                        new JsonObject()
                                                .put("call_successful", "success")
                                                .put("transcript_summary", "A greeting.")
                                                .put(
                                                        "data_collection_results",
                                                        new JsonObject().put("order.no", "17"))));
    }

    private static JsonObject turn(String role, String message, int at) {
        return new JsonObject().put("role", role).put("message", message).put("time_in_call_secs", at);
    }

    private static Call call(String conversation) {
        return new Call(
                Ids.next(),
                "CA" + Ids.next(),
                "elevenlabs",
                conversation,
                Direction.INBOUND,
                RunningGateway.ADA,
                "+15550009999",
                "general",
                CallStatus.COMPLETED,
                Instant.now(),
                null,
                null,
                null,
                null,
                null,
                MediaFigures.NONE);
    }

    private Iterable<String> turns(String id) throws Exception {
        return new JsonObject(gateway.get("/calls/" + id + "/transcript").body())
                .getJsonArray("turns").stream()
                        .map(JsonObject.class::cast)
                        .map(turn -> turn.getString("role") + ": " + turn.getString("text"))
                        .toList();
    }
}
