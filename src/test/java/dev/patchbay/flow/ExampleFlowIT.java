package dev.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.caller.CallReport;
import org.junit.jupiter.api.Test;

/** How a whole call is tested: the example of docs/testing.md. */
class ExampleFlowIT {

    private final RunningGateway gateway = RunningGateway.shared();

    @Test
    void aNumberThatBelongsToAnAgentReachesIt() throws Exception {
        CallReport report = gateway.call(gateway.request(RunningGateway.ADA, "+15550000002"));

        assertThat(report.violations()).as("what Twilio would complain of").isEmpty();
        assertThat(report.verbs()).containsExactly("Connect");
        assertThat(gateway.record(report.callSid()).getString("agent_id")).isEqualTo("parrot");
        assertThat(gateway.eventTypes(report.callSid())).contains("call-answered", "media-started", "media-ended");
    }
}
