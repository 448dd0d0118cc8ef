package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.patchbay.provider.twilio.RecordingRetention;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.session.Seeds;
import dev.patchbay.store.CustomerStore;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seed 000: automatic recording, and what becomes of a recording: heard, deleted, forgotten in time. */
class RecordingFlowIT {

    private static final CallerBehaviour BRIEF = CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(1500));

    @Test
    void aCallThatComesInIsRecordedAndCanBeHeardAndDeleted() throws Exception {
        RunningGateway gateway = RunningGateway.strict();

        CallReport report = gateway.call(gateway.request(), BRIEF);

        assertThat(report.violations()).isEmpty();
        assertThat(report.verbs()).containsExactly("Start", "Connect");
        assertThat(report.recordings()).hasSize(1);
        List<JsonObject> told = gateway.eventData(report.callSid(), "recording");
        assertThat(told).extracting(event -> event.getString("status")).containsExactly("in-progress", "completed");
        assertThat(told.get(1).getInteger("duration")).isPositive();
        assertThat(told.get(1).getInteger("channels")).isEqualTo(2);

        String path = "/calls/" + gateway.record(report.callSid()).getString("id") + "/recording";
        HttpResponse<byte[]> whole = gateway.getBytes(path);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("audio/x-wav");
        assertThat(whole.headers().firstValue("Cache-Control")).hasValue("private, no-store");
        assertThat(whole.body()).as("what caller and agent said").isEqualTo(report.stereoWav());
        HttpResponse<byte[]> part = gateway.getBytes(path, "Range", "bytes=44-1043");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 44-1043/" + whole.body().length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 44, 1044));
        assertThat(gateway.getBytes(path, "Range", "bytes=99999999-").statusCode())
                .isEqualTo(416);

        assertThat(gateway.delete(path).statusCode()).isEqualTo(204);
        assertThat(gateway.get(path).statusCode()).isEqualTo(404);
        assertThat(atTwilio(gateway, report)).isEqualTo(404);
        assertThat(gateway.delete(path).statusCode()).as("it is gone").isEqualTo(404);
    }

    @Test
    void soIsACallWhoseAudioNeverComesHere() throws Exception {
        RunningGateway gateway = RunningGateway.strict();

        CallReport report = gateway.call(gateway.requestTo("receptionist"));

        assertThat(report.violations()).isEmpty();
        assertThat(report.verbs()).containsExactly("Start", "Dial", "Hangup");
        assertThat(gateway.get("/calls/" + report.callSid() + "/recording").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCallThatIsInterruptedIsRecordedOnce() throws Exception {
        RunningGateway gateway = RunningGateway.strict();
        gateway.agent("recorded", "parrot.pcm_16000");
        CompletableFuture<CallReport> caller = gateway.begin(
                gateway.requestTo("recorded").with(CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(5))));
        JsonObject call = gateway.talking("recorded", "parrot.pcm_16000");

        gateway.postJson("/calls/" + call.getString("id") + "/say", "{\"text\":\"One moment please.\"}");

        CallReport report = caller.get(60, TimeUnit.SECONDS);
        assertThat(report.verbs()).containsExactly("Start", "Connect", "Say", "Redirect", "Connect");
        assertThat(report.recordings()).hasSize(1);
        assertThat(gateway.getBytes("/calls/" + report.callSid() + "/recording").body())
                .as("from the first word to the last")
                .isEqualTo(report.stereoWav());
    }

    @Test
    void whatIsTooOldIsDeletedHereAndAtTwilio() throws Exception {
        RunningGateway gateway = RunningGateway.strict();
        CallReport old = gateway.call(gateway.request(), BRIEF);
        CallReport young = gateway.call(gateway.request(), BRIEF);
        age(gateway, old, Duration.ofDays(7).plusMinutes(1));
        age(gateway, young, Duration.ofDays(7).minusMinutes(1));
        assertThat(atTwilio(gateway, old)).isEqualTo(200);

        gateway.bean(RecordingRetention.class).run();

        assertThat(gateway.get("/calls/" + old.callSid() + "/recording").statusCode())
                .isEqualTo(404);
        assertThat(atTwilio(gateway, old)).isEqualTo(404);
        assertThat(gateway.eventData(old.callSid(), "recording"))
                .extracting(event -> event.getString("status"))
                .endsWith("deleted");
        assertThat(gateway.get("/calls/" + young.callSid() + "/recording").statusCode())
                .isEqualTo(200);
        assertThat(atTwilio(gateway, young)).isEqualTo(200);
    }

    @Test
    void withoutAWordNothingIsRecordedAndAnOrderIsAWord() throws Exception {
        RunningGateway gateway = RunningGateway.shared();

        CallReport report = gateway.call(gateway.request(), BRIEF);

        assertThat(report.verbs()).containsExactly("Connect");
        assertThat(gateway.get("/calls/" + report.callSid() + "/recording").statusCode())
                .isEqualTo(404);
        String silent = session(gateway, null);
        String recorded = session(gateway, true);
        assertThat(isOrderedToBeRecorded(gateway, silent)).isFalse();
        assertThat(isOrderedToBeRecorded(gateway, recorded)).isTrue();
        gateway.delete("/sessions/" + silent);
        gateway.delete("/sessions/" + recorded);
        await().untilAsserted(() -> assertThat(
                        gateway.get("/calls/" + recorded + "/recording").statusCode())
                .isEqualTo(200));
        assertThat(gateway.get("/calls/" + silent + "/recording").statusCode()).isEqualTo(404);
    }

    @Test
    void anOrderCanSayNoWhereEverythingIsRecorded() throws Exception {
        RunningGateway gateway = RunningGateway.strict();
        String silent = session(gateway, false);
        String usual = session(gateway, null);

        assertThat(isOrderedToBeRecorded(gateway, silent)).isFalse();
        assertThat(isOrderedToBeRecorded(gateway, usual)).isTrue();
        gateway.delete("/sessions/" + silent);
        gateway.delete("/sessions/" + usual);
    }

    @Test
    void whoHasConsentedIsRecordedAndNobodyElse() throws Exception {
        RunningGateway gateway = RunningGateway.with("--patchbay.recording.calls=on-consent");
        try {
            CustomerStore customers = gateway.bean(CustomerStore.class);
            customers.save(Map.of("phone", "+14155550161", "name", "Yes", "recording_consent", true));
            customers.save(Map.of("phone", "+14155550162", "name", "No", "recording_consent", false));
            customers.save(Map.of("phone", "+14155550163", "name", "Never asked"));

            for (String number : List.of("+14155550161", "+14155550162", "+14155550163", "anonymous")) {
                boolean consented = number.equals("+14155550161");
                CallReport report = gateway.call(gateway.request().with(Map.of("From", number)), BRIEF);
                assertThat(report.recordings()).as(number).hasSize(consented ? 1 : 0);
            }
            for (String number : List.of("+14155550161", "+14155550162", "+14155550163", "+14155550164")) {
                boolean consented = number.equals("+14155550161");
                for (String order : List.of(
                        "/calls {\"to\":\"%s\",\"agent\":\"echo\"}",
                        "/twilio/voice/message {\"to\":\"%s\",\"message\":\"Hello\"}",
                        "/twilio/voice/call {\"to\":\"%s\",\"twiml\":\"<Response><Hangup/></Response>\"}")) {
                    String[] parts = order.formatted(number).split(" ", 2);
                    JsonObject answer =
                            new JsonObject(gateway.postJson(parts[0], parts[1]).body());
                    String callSid = answer.getString("call_sid", answer.getString("sid"));
                    assertThat(isOrderedToBeRecorded(gateway, callSid))
                            .as(order.formatted(number))
                            .isEqualTo(consented);
                }
            }
        } finally {
            gateway.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({"in-progress", "completed"})
    void eventsOfARecordingComeTwiceAndInAnyOrder(String last) throws Exception {
        RunningGateway gateway = RunningGateway.shared();
        String callSid = "CA" + String.format("%032x", System.nanoTime());
        Map<String, String> event = Map.of(
                "CallSid", callSid,
                "RecordingSid", "RE00000000000000000000000000000001",
                "RecordingUrl", "https://evil.example.com/never-fetched",
                "RecordingDuration", "7",
                "RecordingChannels", "1");

        for (String status : List.of("completed", "in-progress", "completed", last)) {
            Map<String, String> form = new java.util.HashMap<>(event);
            form.put("RecordingStatus", status);
            assertThat(gateway.postSigned("/webhooks/twilio", form).statusCode())
                    .isEqualTo(200);
        }

        assertThat(gateway.eventData(callSid, "recording")).singleElement().satisfies(told -> {
            assertThat(told.getString("status")).isEqualTo("completed");
            assertThat(told.getInteger("duration")).isEqualTo(7);
            assertThat(told.getInteger("channels")).isEqualTo(1);
        });
        // Its media are asked for at Twilio, who has none: the posted URL is nobody's business.
        assertThat(gateway.get("/calls/" + callSid + "/recording").statusCode()).isEqualTo(404);
    }

    private static String session(RunningGateway gateway, Boolean record) throws Exception {
        JsonObject order = new JsonObject(Seeds.TWILIO);
        if (record != null) {
            order.getJsonObject("room_config").put("record", record);
        }
        HttpResponse<String> answer = gateway.postJson("/sessions", order.encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("session_id");
    }

    private static boolean isOrderedToBeRecorded(RunningGateway gateway, String call) throws Exception {
        return gateway.eventData(call, "call-placed").get(0).getBoolean("record");
    }

    /** Makes the recording of a call older than it is. */
    private static void age(RunningGateway gateway, CallReport report, Duration age) {
        var changed = gateway.bean(MongoDatabase.class)
                .getCollection("recordings")
                .updateOne(
                        Filters.eq("sid", report.recordings().get(0)),
                        Updates.set("created_at", Date.from(Instant.now().minus(age))));
        assertThat(changed.getModifiedCount()).isEqualTo(1);
    }

    /** What Twilio answers to whoever asks it for the media. */
    private static int atTwilio(RunningGateway gateway, CallReport report) throws Exception {
        String credentials = RunningGateway.ACCOUNT + ":" + RunningGateway.TOKEN;
        return gateway.get(
                        "/sandbox/twilio/2010-04-01/Accounts/" + RunningGateway.ACCOUNT + "/Recordings/"
                                + report.recordings().get(0) + ".wav",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .statusCode();
    }
}
