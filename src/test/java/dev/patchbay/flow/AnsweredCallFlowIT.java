package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.sandbox.agent.Conversation;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallReport.Ended;
import dev.patchbay.sandbox.caller.CallerAudio;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import dev.patchbay.sandbox.caller.CallerBehaviour.Key;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller reaches a voice agent, and both hear each other. */
class AnsweredCallFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void aCallerIsGreetedAndHeardAndTheCallIsWrittenDown() throws Exception {
        CallReport report = gateway.call(
                gateway.request(),
                CallerBehaviour.DEFAULT.speakingAfter(Duration.ofMillis(1600)).hangingUpAfter(Duration.ofSeconds(8)));

        assertThat(report.violations()).isEmpty();
        assertThat(report.ended()).isEqualTo(Ended.CALLER);
        assertThat(report.firstAgentAudioMillis()).isBetween(1L, 3000L);
        assertThat(report.framesReceived()).isGreaterThan(100);
        // The caller speaks into the greeting: what was not yet heard of it is thrown away.
        assertThat(report.clears()).isPositive();
        assertThat(report.marks()).isPositive();

        await().untilAsserted(() -> {
            JsonObject call = gateway.record(report.callSid());
            assertThat(call.getString("status")).isEqualTo("completed");
            assertThat(call.getString("ended_by")).isEqualTo("caller");
            assertThat(call.getString("agent_id")).isEqualTo("general");
            assertThat(call.getString("provider_call_id")).startsWith("conv_");
            assertThat(call.getJsonObject("media").getLong("frames_in")).isEqualTo(report.framesSent());
        });
        assertThat(gateway.eventTypes(report.callSid()))
                .containsOnlyOnce("call-received", "call-answered", "media-started", "agent-connected", "media-ended")
                .contains("agent-interrupted", "call-status");
        JsonObject transcript = new JsonObject(
                gateway.get("/calls/" + report.callSid() + "/transcript").body());
        assertThat(transcript.getJsonArray("turns").stream().map(turn -> ((JsonObject) turn).getString("role")))
                .contains("agent", "user");
    }

    @Test
    void theAgentIsToldWhoCalls() throws Exception {
        gateway.agent("told", "parrot");

        gateway.call(gateway.requestTo("told"), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(500)));

        Conversation conversation = gateway.conversation("parrot");
        assertThat(conversation.init().getJsonObject("dynamic_variables").getMap())
                .containsAllEntriesOf(Map.of("name", "Ada Example", "customer_id", "C-1001"));
        assertThat(conversation.violations()).isEmpty();
    }

    @Test
    void anUnknownCallerIsAValuedCustomer() throws Exception {
        gateway.agent("unknown-caller", "parrot.ulaw_8000");

        gateway.call(gateway.requestTo("unknown-caller").with(Map.of("From", "anonymous")), shortCall());

        assertThat(gateway.conversation("parrot.ulaw_8000")
                        .init()
                        .getJsonObject("dynamic_variables")
                        .getString("name"))
                .isEqualTo("Valued Customer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parrot", "parrot.pcm_8000", "parrot.pcm_16000.pcm_24000", "parrot.pcm_44100.ulaw_8000"})
    void theCallerHearsTheirOwnVoiceWhateverTheAgentsFormats(String agent) throws Exception {
        gateway.agent("formats", agent);

        CallReport report = gateway.call(gateway.requestTo("formats"));

        assertThat(report.violations()).isEmpty();
        assertThat(report.echo()).as("the caller's own voice came back").isNotNull();
        assertThat(report.lost()).isZero();
        assertThat(report.roundTripMillis()).isLessThan(400);
    }

    @Test
    void muLawBothWaysPassesByteForByte() throws Exception {
        byte[] noise = new byte[160 * 40];
        new Random(1).nextBytes(noise);
        gateway.agent("bytes", "parrot.ulaw_8000");

        gateway.call(gateway.requestTo("bytes"), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(1200)));
        CallReport report = gateway.call(
                dev.patchbay.sandbox.caller.CallRequest.of(
                                RunningGateway.ADA,
                                "+15550009999",
                                CallerAudio.ofMuLaw(noise),
                                gateway.origin(),
                                RunningGateway.ACCOUNT,
                                RunningGateway.TOKEN)
                        .to("/api/webhooks/twilio/bytes"),
                CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(1200)));

        assertThat(report.violations()).isEmpty();
        byte[] heard = gateway.conversation("parrot.ulaw_8000").firstAudio();
        assertThat(heard.length).isGreaterThanOrEqualTo(noise.length);
        assertThat(Arrays.copyOf(heard, noise.length)).isEqualTo(noise);
    }

    @Test
    void keysReachTheAgentInWords() throws Exception {
        gateway.agent("keys", "parrot.pcm_24000");

        CallReport report = gateway.call(
                gateway.requestTo("keys"),
                CallerBehaviour.DEFAULT
                        .pressing(List.of(new Key(Duration.ofMillis(700), "5")))
                        .hangingUpAfter(Duration.ofMillis(1500)));

        assertThat(report.dtmf()).containsExactly("5");
        assertThat(gateway.conversation("parrot.pcm_24000").contextualUpdates())
                .singleElement()
                .asString()
                .contains("5");
        await().untilAsserted(
                        () -> assertThat(gateway.eventTypes(report.callSid())).contains("dtmf"));
    }

    @Test
    void theEchoProviderNeedsNobodyElse() throws Exception {
        CallReport report = gateway.call(gateway.requestTo("echo"));

        assertThat(report.violations()).isEmpty();
        assertThat(report.lost()).isZero();
        await().untilAsserted(() -> assertThat(gateway.record(report.callSid()).getString("provider"))
                .isEqualTo("echo"));
    }

    @Test
    void whatOthersSayToALiveCallReachesItsAgent() throws Exception {
        gateway.agent("live", "parrot.pcm_48000");
        var streams = gateway.bean(dev.patchbay.media.MediaStreams.class);
        var call = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                return gateway.call(
                        gateway.requestTo("live"), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(3)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> gateway.conversations("parrot.pcm_48000") > 0
                && gateway.conversation("parrot.pcm_48000").audioChunks() > 0);
        String callSid = new JsonObject(gateway.get("/calls?limit=1").body())
                .getJsonArray("calls")
                .getJsonObject(0)
                .getString("call_sid");

        var live = streams.find(callSid).orElseThrow();
        live.sendContext("The invoice was paid.");
        live.sendUserMessage("Goodbye.");

        await().untilAsserted(() -> {
            assertThat(gateway.conversation("parrot.pcm_48000").contextualUpdates())
                    .contains("The invoice was paid.");
            assertThat(gateway.conversation("parrot.pcm_48000").userMessages()).contains("Goodbye.");
        });
        assertThat(call.get().violations()).isEmpty();
        assertThat(streams.find(callSid)).isEmpty();
    }

    private static CallerBehaviour shortCall() {
        return CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofMillis(500));
    }
}
