package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallReport.Ended;
import dev.patchbay.sandbox.caller.CallRequest;
import dev.patchbay.sandbox.caller.CallerAudio;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The recipe voicemail, on a gateway where it is on. */
class RecipeVoicemailFlowIT {

    private final RunningGateway gateway = RunningGateway.withRecipes();

    @Test
    void aMessageIsKeptWrittenDownAndSentToTheOwner() throws Exception {
        List<JsonObject> answers = Demonstration.of("voicemail", gateway);

        JsonObject report = answers.get(0);
        String callSid = report.getString("call_sid");
        assertThat(report.getJsonArray("violations")).isEmpty();
        assertThat(report.getString("ended")).isEqualTo("hangup");
        assertThat(report.getJsonArray("said").encode()).contains("leave a message", "Thank you.");
        JsonObject message = answers.get(1).getJsonArray("messages").getJsonObject(0);
        assertThat(message.getString("to")).isEqualTo("+15550000900");
        assertThat(message.getString("from")).isEqualTo("+15550000042");
        assertThat(message.getString("body"))
                .isEqualTo("Voice message from +14155550195: Hello, this is a test call. Can you hear me?");
        assertThat(gateway.get("/calls/" + callSid + "/transcript").body()).contains("Can you hear me?");
        assertThat(gateway.eventTypes(callSid)).contains("message-left", "recording", "transcription");
        assertThat(gateway.get("/calls/" + callSid + "/recording").body()).startsWith("RIFF");
    }

    @Test
    void whatCannotBeUnderstoodIsToldWithoutWords() throws Exception {
        CallReport report = gateway.call(CallRequest.of(
                "+14155550196",
                "+15550000042",
                noise(),
                gateway.origin(),
                RunningGateway.ACCOUNT,
                RunningGateway.TOKEN));

        assertThat(report.violations()).isEmpty();
        String id = gateway.record(report.callSid()).getString("id");
        assertThat(new JsonObject(gateway.get("/messages?limit=1").body())
                        .getJsonArray("messages")
                        .getJsonObject(0)
                        .getString("body"))
                .isEqualTo("Voice message from +14155550196, which could not be written down. Call " + id);
    }

    @Test
    void whoSaysNothingHasLeftNothing() throws Exception {
        CallReport report = gateway.call(CallRequest.of(
                "+14155550197",
                "+15550000042",
                CallerAudio.silence(100),
                gateway.origin(),
                RunningGateway.ACCOUNT,
                RunningGateway.TOKEN));

        assertThat(report.violations()).isEmpty();
        assertThat(report.ended()).isEqualTo(Ended.HANGUP);
        assertThat(report.said()).contains("We did not hear a message. Goodbye.");
        assertThat(gateway.eventTypes(report.callSid())).doesNotContain("message-left", "recording", "transcription");
    }

    /** 200 ms in which something is heard that is no speech. */
    private static CallerAudio noise() {
        short[] samples = new short[1600];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (i % 2 == 0 ? 9000 : -9000);
        }
        return CallerAudio.ofSamples(samples);
    }
}
