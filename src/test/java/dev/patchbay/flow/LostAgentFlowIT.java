package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.sandbox.caller.CallReport;
import dev.patchbay.sandbox.caller.CallReport.Ended;
import dev.patchbay.sandbox.caller.CallerBehaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's side fails, and the caller is not left alone. */
class LostAgentFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @ParameterizedTest
    @ValueSource(strings = {"flaky-refuse", "flaky-mute", "nobody-knows-this-one"})
    void anAgentThatCannotBeReachedIsTriedTwiceAndTheCallerHearsAnApology(String agent) throws Exception {
        gateway.agent("unreachable", agent);

        CallReport report = gateway.call(gateway.requestTo("unreachable"));

        assertThat(report.verbs()).containsExactly("Connect", "Redirect", "Say", "Hangup");
        assertThat(report.said()).singleElement().asString().contains("sorry");
        assertThat(report.closeCode()).isEqualTo(1000);
        // 4.5 s until the caller's socket is closed, and a moment for the webhooks.
        assertThat(report.durationMillis()).isLessThan(5500);
        assertThat(report.ended()).isEqualTo(Ended.HANGUP);
        await().untilAsserted(() -> {
            assertThat(gateway.eventTypes(report.callSid()))
                    .filteredOn("agent-attempt-failed"::equals)
                    .hasSize(2);
            assertThat(gateway.record(report.callSid()).getString("error")).startsWith("Agent lost");
            assertThat(gateway.record(report.callSid()).getString("status")).isEqualTo("completed");
        });
    }

    @Test
    void aConversationThatIsLostGoesOnInANewOne() throws Exception {
        gateway.agent("drops-once", "flaky-drop-once");

        CallReport report = gateway.call(gateway.requestTo("drops-once"));

        assertThat(report.violations()).isEmpty();
        assertThat(report.ended()).isEqualTo(Ended.CALLER);
        assertThat(gateway.conversations("flaky-drop-once")).isEqualTo(2);
        var second = gateway.conversation("flaky-drop-once");
        assertThat(second.init().getJsonObject("dynamic_variables").getBoolean("resumed"))
                .isTrue();
        assertThat(second.contextualUpdates()).isNotEmpty();
        assertThat(second.audioChunks()).isPositive();
    }

    @Test
    void anAgentThatDoesNotReconnectLeavesTheCallToTheBackup() throws Exception {
        gateway.agent(new Agent(
                "drops",
                "drops",
                "elevenlabs",
                null,
                null,
                "flaky-drop",
                null,
                null,
                null,
                new AgentLimits(null, null, null, null, false)));
        gateway.agent("backup", "parrot.pcm_8000.pcm_16000");

        CallReport report = gateway.call(gateway.requestTo("drops"));

        assertThat(report.verbs()).startsWith("Connect", "Redirect", "Connect");
        assertThat(report.ended()).isEqualTo(Ended.CALLER);
        assertThat(gateway.conversation("parrot.pcm_8000.pcm_16000").audioChunks())
                .isPositive();
        gateway.bean(com.mongodb.client.MongoDatabase.class)
                .getCollection("agents")
                .deleteOne(com.mongodb.client.model.Filters.eq("_id", "backup"));
    }

    @Test
    void aStalledAgentIsGivenUp() throws Exception {
        gateway.agent("stalls", "flaky-stall");

        CallReport report = gateway.call(gateway.requestTo("stalls"));

        assertThat(report.verbs()).contains("Say");
        assertThat(gateway.eventTypes(report.callSid())).contains("agent-lost");
    }

    @Test
    void anAgentThatEndsTheConversationEndsTheCall() throws Exception {
        gateway.agent("closes", "flaky-close");

        CallReport report = gateway.call(gateway.requestTo("closes"));

        assertThat(report.verbs()).containsExactly("Connect", "Redirect", "Hangup");
        assertThat(report.framesReceived()).as("the last words are heard").isGreaterThan(50);
        await().untilAsserted(() -> assertThat(gateway.record(report.callSid()).getString("ended_by"))
                .isEqualTo("agent"));
    }

    @Test
    void anOverrideThatTheAgentForbidsIsLeftOut() throws Exception {
        gateway.agent(new Agent(
                "forbids",
                "forbids",
                "elevenlabs",
                null,
                null,
                "flaky-forbid",
                "Good morning!",
                "en",
                null,
                AgentLimits.DEFAULT));

        CallReport report = gateway.call(gateway.requestTo("forbids"));

        assertThat(report.ended()).isEqualTo(Ended.CALLER);
        assertThat(report.framesReceived()).isPositive();
        assertThat(gateway.conversations("flaky-forbid")).isEqualTo(2);
        assertThat(gateway.conversation("flaky-forbid").init().containsKey("conversation_config_override"))
                .isFalse();
    }

    @Test
    void junkFromTheAgentCutsNobodyOff() throws Exception {
        gateway.agent("junk", "flaky-junk");

        CallReport report = gateway.call(gateway.requestTo("junk"));

        assertThat(report.violations()).isEmpty();
        assertThat(report.ended()).isEqualTo(Ended.CALLER);
        assertThat(report.framesReceived()).isPositive();
    }

    @Test
    void aMessageThatIsTooLargeIsTheEndOfThatConversationOnly() throws Exception {
        gateway.agent("huge", "flaky-huge");

        gateway.call(gateway.requestTo("huge"), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(6)));

        assertThat(gateway.conversations("flaky-huge")).isEqualTo(2);
        await().untilAsserted(() ->
                assertThat(gateway.conversation("flaky-huge").closeCode()).isEqualTo(1009));
        assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aToolIsARoute() throws Exception {
        gateway.agent("tools", "flaky-tool.pcm_8000");

        gateway.call(gateway.requestTo("tools"), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(2)));

        assertThat(gateway.conversation("flaky-tool.pcm_8000").toolResults())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.getBoolean("is_error")).isFalse();
                    assertThat(result.getString("result")).isEqualTo("The caller is Ada Example");
                });
    }

    @Test
    void aToolThatNobodyServesIsAnErrorForTheAgent() throws Exception {
        gateway.agent("tools", "flaky-tool");
        gateway.bean(dev.patchbay.store.CustomerStore.class)
                .save(java.util.Map.of("phone", "+14155550177", "name", "Tess", "tool", "../call-end"));

        gateway.call(
                gateway.requestTo("tools").with(java.util.Map.of("From", "+14155550177")),
                CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(2)));

        assertThat(gateway.conversation("flaky-tool").toolResults())
                .singleElement()
                .satisfies(result -> assertThat(result.getBoolean("is_error")).isTrue());
    }

    @Test
    void aCallerWhoHangsUpTakesTheAgentDownAtOnce() throws Exception {
        gateway.agent("left-alone", "parrot.pcm_22050");

        gateway.call(gateway.requestTo("left-alone"), CallerBehaviour.DEFAULT.hangingUpAfter(Duration.ofSeconds(1)));

        await().atMost(Duration.ofSeconds(1))
                .until(() -> gateway.conversation("parrot.pcm_22050").closed());
    }

    @Test
    void nobodySpeakingEndsTheCall() throws Exception {
        gateway.agent(new Agent(
                "quiet",
                "quiet",
                "elevenlabs",
                null,
                null,
                "parrot.pcm_44100",
                null,
                null,
                null,
                new AgentLimits(null, Duration.ofMillis(1500), null, null, true)));
        var silence = dev.patchbay.sandbox.caller.CallRequest.of(
                        RunningGateway.ADA,
                        "+15550009999",
                        dev.patchbay.sandbox.caller.CallerAudio.silence(10_000),
                        gateway.origin(),
                        RunningGateway.ACCOUNT,
                        RunningGateway.TOKEN)
                .to("/api/webhooks/twilio/quiet");

        CallReport report = gateway.call(silence);

        assertThat(report.ended()).isEqualTo(Ended.HANGUP);
        assertThat(report.durationMillis()).isBetween(1400L, 6000L);
        await().untilAsserted(() -> assertThat(gateway.record(report.callSid()).getString("ended_by"))
                .isEqualTo("gateway"));
    }
}
